// Sessions of compiled models, as Swift has them.

import Foundation
import @LIBRARY@

/// What kept a model from running.
public struct ModelError: Error, LocalizedError, CustomStringConvertible {
  public enum Reason: Sendable {
    case invalidArgument, outOfMemory, versionMismatch, unsupportedCPU
    case weightsMismatch, kernelFailed, threadsFailed, missingWeights, unknown
  }

  public let reason: Reason
  /// One English sentence.
  public let description: String

  public var errorDescription: String? { description }

  init(_ reason: Reason, _ description: String) {
    self.reason = reason
    self.description = description
  }

  /// `session` is nil where creating one failed.
  init(_ status: mobileone_status, session: OpaquePointer?) {
    let reason: Reason
    switch status {
    case MOBILEONE_INVALID_ARGUMENT: reason = .invalidArgument
    case MOBILEONE_OUT_OF_MEMORY: reason = .outOfMemory
    case MOBILEONE_VERSION_MISMATCH: reason = .versionMismatch
    case MOBILEONE_UNSUPPORTED_CPU: reason = .unsupportedCPU
    case MOBILEONE_WEIGHTS_MISMATCH: reason = .weightsMismatch
    case MOBILEONE_KERNEL_FAILED: reason = .kernelFailed
    case MOBILEONE_THREADS_FAILED: reason = .threadsFailed
    default: reason = .unknown
    }
    let text = mobileone_last_error(session).map { String(cString: $0) }
    self.init(reason, text ?? "The model failed with status \(status.rawValue).")
  }
}

/// How a session runs.
public struct SessionOptions: Sendable {
  /// Threads that compute, the calling one included.
  public var threads: Int
  /// Microseconds that a waiting thread spins before it sleeps.
  public var spinMicroseconds: Int

  public init(threads: Int = 1, spinMicroseconds: Int = 500) {
    self.threads = threads
    self.spinMicroseconds = spinMicroseconds
  }
}

/// The memory that a session needs, for programs that set it aside themselves.
public struct SessionMemory: Sendable {
  public let bytes: Int
  public let alignment: Int
}

/// Weights that lie in a file of this package, mapped: they are read when they
/// are used.
final class MappedWeights {
  private let data: NSData
  var pointer: UnsafeRawPointer { data.bytes }
  var bytes: UInt64 { UInt64(data.length) }

  init(_ name: String) throws {
    guard let url = Bundle.module.url(forResource: name, withExtension: "bin") else {
      throw ModelError(.missingWeights, "The package's file \(name).bin is missing.")
    }
    data = try NSData(contentsOf: url, options: .alwaysMapped)
  }
}

/// Owns a session of the C runtime and the pointers that a run passes to it.
final class ModelSession {
  private let session: OpaquePointer
  private let weights: MappedWeights?
  let inputs: UnsafeMutablePointer<UnsafeRawPointer?>
  let outputs: UnsafeMutablePointer<UnsafeMutableRawPointer?>

  /// In `memory`, which must outlive the session, or in memory of its own.
  init(
    _ model: mobileone_model, _ options: SessionOptions,
    _ memory: UnsafeMutableRawBufferPointer?, weights: MappedWeights?
  ) throws {
    var created: OpaquePointer?
    var settings = ModelSession.settings(options, weights)
    let status = withUnsafePointer(to: model) {
      (model: UnsafePointer<mobileone_model>) -> mobileone_status in
      if let memory = memory {
        return mobileone_session_create_in(
          model, &settings, memory.baseAddress, memory.count, &created)
      }
      return mobileone_session_create(model, &settings, &created)
    }
    guard status == MOBILEONE_OK, let session = created else {
      throw ModelError(status, session: nil)
    }
    self.session = session
    self.weights = weights
    inputs = .allocate(capacity: Int(model.input_count))
    outputs = .allocate(capacity: Int(model.output_count))
  }

  deinit {
    mobileone_session_destroy(session)
    inputs.deallocate()
    outputs.deallocate()
  }

  static func memory(
    _ model: mobileone_model, _ options: SessionOptions, weights: MappedWeights?
  ) throws -> SessionMemory {
    var alignment = 0
    var bytes = 0
    var settings = ModelSession.settings(options, weights)
    let status = withUnsafePointer(to: model) { model in
      mobileone_session_memory(model, &settings, &alignment, &bytes)
    }
    guard status == MOBILEONE_OK else {
      throw ModelError(status, session: nil)
    }
    return SessionMemory(bytes: bytes, alignment: alignment)
  }

  /// Reads `inputs` and writes `outputs`; allocates nothing.
  func run() throws {
    let status = mobileone_run(session, inputs, outputs)
    guard status == MOBILEONE_OK else {
      throw ModelError(status, session: session)
    }
  }

  private static func settings(
    _ options: SessionOptions, _ weights: MappedWeights?
  ) -> mobileone_options {
    var settings = mobileone_default_options()
    settings.threads = UInt32(clamping: options.threads)
    settings.spin_microseconds = UInt32(clamping: options.spinMicroseconds)
    if let weights = weights {
      settings.weights = weights.pointer
      settings.weights_bytes = weights.bytes
    }
    return settings
  }
}

/// Refuses a tensor of another size than the model's.
func check(_ count: Int, _ expected: Int, _ tensor: String) throws {
  guard count == expected else {
    throw ModelError(
      .invalidArgument, "\(tensor) has \(count) elements where the model has \(expected).")
  }
}
