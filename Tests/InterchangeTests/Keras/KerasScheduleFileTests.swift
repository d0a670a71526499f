import Engine
import Grammar
import Testing

@testable import Interchange

@Suite("Schedules in files of Keras's")
struct KerasScheduleFileTests {
  @Test(
    "a schedule comes back, its epochs counted in updates",
    arguments: [
      ("exponential 5batches 0.7", "exponential 5batches 0.7"),
      ("step 2 0.5", "exponential 20batches 0.5 staircase=yes"), ("cosine 3 alpha=0.1", "cosine 30batches alpha=0.1"),
      ("exponential 0.27 0.7", "exponential 2.7batches 0.7"),
      ("cosine 1.25 warmup=0.05", "cosine 12.5batches warmup=0.5batches"),
      ("cosine 8batches warmup=1", "cosine 8batches warmup=10batches"),
    ])
  func roundTrip(_ line: String, _ back: String) throws {
    let schedule = try Schedules.catalogue.value(of: line)
    let object = try #require(try KerasSchedules.object(schedule, rate: 0.25, epoch: 10))
    let (read, rate) = try KerasSchedules.schedule(object.json)
    #expect(Schedules.catalogue.line(read) == back)
    #expect(rate == 0.25)
  }

  @Test("steps that are no number above 0 are refused", arguments: ["0", "-1", "null", "1e300", "\"5\""])
  func noSteps(steps: String) throws {
    let text = "{\"class_name\": \"ExponentialDecay\", \"config\": {\"initial_learning_rate\": 1, "
      + "\"decay_rate\": 0.5, \"decay_steps\": \(steps)}}"
    let value = try KerasJSON(Array(text.utf8), what: "a")
    #expect(throws: Refusal.self) { try KerasSchedules.schedule(value) }
  }

  @Test("every schedule is written, or told why it is not")
  func everySchedule() throws {
    for form in Schedules.catalogue.forms {
      let words = ["one_cycle", "constant", "reduce_on_plateau"].contains(form.name) ? [] : ["5batches"]
      let line = form.name == "one_cycle" ? "one_cycle 5batches" : ([form.name] + words).joined(separator: " ")
      let schedule = try Schedules.catalogue.value(of: line)
      switch form.name {
      case "constant": #expect(try KerasSchedules.object(schedule, rate: 1, epoch: nil) == nil)
      case "one_cycle", "reduce_on_plateau":
        #expect(throws: Refusal.self) { try KerasSchedules.object(schedule, rate: 1, epoch: nil) }
      default: #expect(try KerasSchedules.object(schedule, rate: 1, epoch: nil) != nil, "\(form.name)")
      }
    }
  }

  @Test("epochs cannot be counted before the first")
  func unknownEpoch() throws {
    let schedule = try Schedules.catalogue.value(of: "cosine 3")
    #expect(throws: Refusal("how many updates an epoch has is known after a fit")) {
      try KerasSchedules.object(schedule, rate: 1, epoch: nil)
    }
  }
}
