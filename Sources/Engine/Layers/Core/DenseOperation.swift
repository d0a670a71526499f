import CKernels

/// A dense layer on numbers: products of matrices, or where most numbers of a batch are 0 products by lists.
struct DenseOperation: Operation {
  private let panels: Panels
  private let usesBias: Bool
  private let isTraining: Bool
  /// The product by lists, and floats of them for the largest batch; nil where they are never worth it.
  private let sparse: (product: SparseDense, lists: Int)?

  init(_ panels: Panels, usesBias: Bool, in plan: inout Plan) {
    self.panels = panels
    self.usesBias = usesBias
    isTraining = plan.isTraining
    guard SparseColumns.canPay(width: panels.rows, units: panels.columns) else {
      sparse = nil
      return
    }
    // In training the lists are kept for the way back, else they stand behind what the product works on.
    let lists = SparseColumns.floats(rows: plan.batch, width: panels.rows)
    let work = SparseColumns.scratch(rows: plan.batch, units: panels.columns)
    plan.keep(lists)
    plan.borrow(plan.isTraining ? work : lists.flatMap { work.adding($0) })
    sparse = (SparseDense(panels: panels, usesBias: usesBias), lists ?? 0)
  }

  var appliesActivation: Bool { true }

  func forward(_ pass: ForwardPass) {
    let memory =
      isTraining ? pass.saved : pass.scratch.part(pass.scratch.count - (sparse?.lists ?? 0), count: sparse?.lists ?? 0)
    if let sparse, let lists = lists(pass.input, pass.batch, memory) {
      lists.list(pass.input, threads: pass.threads)
      return sparse.product.forward(pass, lists)
    }
    let bias = usesBias ? pass.weights[1] : nil
    let x = Matrix(values: pass.input, rows: pass.batch, columns: panels.rows)
    let y = Matrix(values: pass.output, rows: pass.batch, columns: panels.columns)
    Products.multiply(x, pass.weights[0], panels, bias: bias, into: y, threads: pass.threads) { _, block in
      guard let activation = pass.activation else { return }
      for row in 0..<block.rows { activation.forward(block.row(row), into: block.row(row), width: panels.columns) }
    }
  }

  func backward(_ pass: BackwardPass) {
    let (kernel, gradients) = (pass.weights[0], pass.gradients[0])
    let dy = Matrix(values: pass.outputGradient, rows: pass.batch, columns: panels.columns)
    if let inputGradient = pass.inputGradient {
      let dx = Matrix(values: inputGradient, rows: pass.batch, columns: panels.rows)
      Products.multiply(dy, transposed: kernel, panels, into: dx, threads: pass.threads)
    }
    if let sparse, let lists = lists(pass.input, pass.batch, pass.saved) { return sparse.product.backward(pass, lists) }
    if usesBias { sumRows(dy, into: pass.gradients[1], threads: pass.threads) }
    let x = Matrix(values: pass.input, rows: pass.batch, columns: panels.rows)
    func multiply(_ then: @Sendable (Place, Block) -> Void) {
      Products.multiply(transposed: x, dy, into: gradients, panels, threads: pass.threads, then: then)
    }
    // Nothing that is counted may be touched for each block, an optional neither: two threads that count the same thing
    // wait for each other.
    if let update = pass.sink.blocks(of: 0) {
      multiply { place, gradient in update.take(gradient, at: place, of: kernel, panels) }
    } else {
      multiply { _, _ in }
    }
  }

  /// Lists of the input; nil when dense products are faster.
  private func lists(_ input: FloatSpan, _ batch: Int, _ memory: FloatSpan) -> SparseColumns? {
    guard SparseColumns.pays(input, width: panels.rows) else { return nil }
    return SparseColumns(rows: batch, width: panels.rows, memory: memory)
  }

  private func sumRows(_ dy: Matrix, into bias: FloatSpan, threads: Threads) {
    threads.split(dy.columns, into: min(64, (dy.columns + 31) / 32)) { range in
      kernels.sum_rows(
        dy.values.base + range.lowerBound, dy.rows, range.count, dy.columns, bias.base + range.lowerBound)
    }
  }
}
