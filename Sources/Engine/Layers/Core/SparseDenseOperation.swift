import CKernels

/// A dense layer on examples that come as lists of what is not 0.
struct SparseDenseOperation: Operation {
  private let product: SparseDense

  init(_ panels: Panels, usesBias: Bool, in plan: inout Plan) {
    product = SparseDense(panels: panels, usesBias: usesBias)
    plan.borrow(SparseColumns.scratch(rows: plan.batch, units: panels.columns))
  }

  var appliesActivation: Bool { true }

  func forward(_ pass: ForwardPass) {
    guard let lists = pass.lists else { preconditionFailure("lists were taken, and so they come") }
    product.forward(pass, lists)
  }

  func backward(_ pass: BackwardPass) {
    guard let lists = pass.lists else { preconditionFailure("lists were taken, and so they come") }
    product.backward(pass, lists)
  }
}

/// The products of a dense layer with lists.
struct SparseDense: Sendable {
  let panels: Panels
  let usesBias: Bool

  func forward(_ pass: ForwardPass, _ lists: SparseColumns) {
    lists.multiply(
      pass.weights[0], panels, bias: usesBias ? pass.weights[1] : nil, pass.activation, into: pass.output,
      scratch: pass.scratch, threads: pass.threads)
  }

  /// The gradients of the weights.
  func backward(_ pass: BackwardPass, _ lists: SparseColumns) {
    let (kernel, gradients) = (pass.weights[0], pass.gradients[0])
    func multiply(_ take: @Sendable (Place, Block) -> Void) {
      lists.multiplyTransposed(
        pass.outputGradient, panels, bias: usesBias ? pass.gradients[1] : nil, scratch: pass.scratch,
        threads: pass.threads, take: take)
    }
    // Nothing that is counted may be touched for each block, an optional neither: two threads that count the same thing
    // wait for each other.
    if let update = pass.sink.blocks(of: 0) {
      multiply { place, gradient in update.take(gradient, at: place, of: kernel, panels) }
    } else {
      multiply { place, gradient in
        let (rows, columns) = (gradient.rows, gradient.columns)
        let block = panels.block(at: place, rows: rows, columns: columns, of: gradients)
        kernels.copy_from_panel(gradient.base, rows, block.stride, columns, block.base)
      }
    }
  }
}
