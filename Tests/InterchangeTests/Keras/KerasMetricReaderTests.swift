import Engine
import Testing

@testable import Interchange

@Suite("Metrics of Keras's, as ours")
struct KerasMetricReaderTests {
  private func reader(_ metrics: String, outputs: Int = 3) throws -> KerasMetricReader {
    let config = try KerasJSON(Array("{\(metrics)}".utf8), what: "c")
    return KerasMetricReader(config, outputs: outputs, .classes(max(2, outputs)))
  }

  private func metric(_ className: String, _ config: String, outputs: Int = 3) throws -> KerasMetricReader {
    try reader(
      #""metrics": [{"class_name": "\#(className)", "config": {"name": "m", "dtype": "float32"\#(config)}}]"#,
      outputs: outputs)
  }

  /// As Keras 3.15.1 writes them where nothing is said.
  static let same: [(className: String, config: String, outputs: Int, name: String)] = [
    ("Precision", #", "thresholds": null, "top_k": null, "class_id": null"#, 3, "precision"),
    ("Recall", #", "thresholds": 0.5, "top_k": null, "class_id": null"#, 3, "recall"),
    ("AUC", #", "num_thresholds": 200, "curve": "ROC", "summation_method": "interpolation", "multi_label": false"#, 3,
      "auc"),
    ("F1Score", #", "average": "macro", "threshold": null"#, 3, "f1"),
    ("F1Score", #", "average": "macro", "threshold": 0.5"#, 1, "f1"),
    ("BinaryAccuracy", #", "threshold": 0.5"#, 1, "accuracy"), ("CategoricalAccuracy", "", 3, "accuracy"),
    ("SparseCategoricalAccuracy", "", 3, "accuracy"), ("TopKCategoricalAccuracy", #", "k": 2"#, 3, "top_k_accuracy"),
    ("SparseTopKCategoricalAccuracy", #", "k": 2, "from_sorted_ids": false"#, 3, "top_k_accuracy"),
  ]

  @Test("one that measures the same is read", arguments: same)
  func isRead(className: String, config: String, outputs: Int, name: String) throws {
    let reader = try metric(className, config, outputs: outputs)
    #expect(reader.notes.isEmpty)
    #expect(reader.metrics.map(\.name) == [name])
  }

  static let others: [(className: String, config: String, outputs: Int, says: String)] = [
    ("Precision", #", "thresholds": 0.7"#, 3, "thresholds=0.7"),
    ("Recall", #", "thresholds": 0.3"#, 3, "thresholds=0.3"),
    ("Precision", #", "top_k": 1"#, 3, "top_k=1"), ("Precision", #", "class_id": 1"#, 3, "class_id=1"),
    ("AUC", #", "curve": "PR""#, 3, "curve=\"PR\""), ("AUC", #", "num_thresholds": 20"#, 3, "num_thresholds=20"),
    ("AUC", #", "multi_label": true"#, 3, "multi_label=true"),
    ("AUC", #", "from_logits": true"#, 3, "from_logits=true"),
    ("F1Score", #", "average": "weighted""#, 3, "average=\"weighted\""),
    ("F1Score", #", "average": "micro""#, 3, "average=\"micro\""),
    ("F1Score", #", "average": null"#, 3, "average=null"),
    ("F1Score", #", "average": "macro", "threshold": 0.4"#, 3, "threshold=0.4"),
    ("F1Score", #", "average": "macro""#, 1, "threshold=null"),
    ("BinaryAccuracy", #", "threshold": 0.7"#, 1, "threshold=0.7"),
    ("BinaryAccuracy", #", "threshold": 0.5"#, 3, "3 outputs"), ("CategoricalAccuracy", "", 1, "1 output"),
    ("SparseTopKCategoricalAccuracy", #", "k": 2, "from_sorted_ids": true"#, 3, "from_sorted_ids=true"),
  ]

  @Test("one that measures something else by what it is made with is left out, and that is named", arguments: others)
  func isLeftOut(className: String, config: String, outputs: Int, says: String) throws {
    let reader = try metric(className, config, outputs: outputs)
    #expect(reader.notes == ["the metric \(className) with \(says) is left out: there is none like it here"])
    #expect(reader.metrics.isEmpty)
  }

  @Test("one that is not here is named by its class alone")
  func unknown() throws {
    #expect(
      try metric("RootMeanSquaredError", "").notes
        == ["the metric RootMeanSquaredError is left out: there is none like it here"])
    let function = #""metrics": [{"class_name": "function", "config": "poisson", "registered_name": "function"}]"#
    #expect(try reader(function).notes == ["the metric poisson is left out: there is none like it here"])
  }

  @Test("weighted metrics are told")
  func weighted() throws {
    #expect(
      try reader(#""metrics": {"out": ["accuracy"]}, "weighted_metrics": ["mse"]"#).notes
        == ["the weighted metric \"mse\" is left out: metrics here count every example the same"])
  }
}
