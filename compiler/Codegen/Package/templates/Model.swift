import @LIBRARY@

/// `@MODEL@`, a network compiled for @TARGETS@.
///
/// A session: what one run needs. It belongs to one thread at a time.
public final class @TYPE@ {
@SHAPES@
  public struct Outputs: Sendable {
@FIELDS@
  }

  private let session: ModelSession

  /// Takes its memory from the system.
  public convenience init(options: SessionOptions = SessionOptions()) throws {
    try self.init(options, nil)
  }

  /// In memory of the caller's, which must outlive the session;
  /// `memoryNeeded` says how much.
  public convenience init(
    memory: UnsafeMutableRawBufferPointer, options: SessionOptions = SessionOptions()
  ) throws {
    try self.init(options, memory)
  }

  private init(_ options: SessionOptions, _ memory: UnsafeMutableRawBufferPointer?) throws {
    session = try ModelSession(
      @LIBRARY@.@MODEL@, options, memory, weights: @WEIGHTS@)
  }

  public static func memoryNeeded(
    options: SessionOptions = SessionOptions()
  ) throws -> SessionMemory {
    try ModelSession.memory(@LIBRARY@.@MODEL@, options, weights: @WEIGHTS@)
  }

  /// Runs the model on tensors of the caller's; allocates nothing.
@BUFFER_RUN@

  /// Runs the model.
@ARRAY_RUN@
}
