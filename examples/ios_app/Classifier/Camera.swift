import AVFoundation

enum CameraError: LocalizedError {
  case notAllowed, notFound, notUsable

  var errorDescription: String? {
    switch self {
    case .notAllowed: return "Allow the camera for this app in Settings."
    case .notFound: return "This device has no camera at its back."
    case .notUsable: return "The camera cannot be used."
    }
  }
}

/// Frames of the back camera: BGRA, upright.
final class Camera: NSObject, AVCaptureVideoDataOutputSampleBufferDelegate {
  let session = AVCaptureSession()
  private let queue = DispatchQueue(label: "camera", qos: .userInitiated)
  private var onFrame: (CVPixelBuffer) -> Void = { _ in }

  /// Calls `onFrame` on a queue of the camera's. A frame that comes while it
  /// runs is dropped.
  func start(onFrame: @escaping (CVPixelBuffer) -> Void) async throws {
    guard await AVCaptureDevice.requestAccess(for: .video) else {
      throw CameraError.notAllowed
    }
    self.onFrame = onFrame
    try configure()
    queue.async { [session] in session.startRunning() }
  }

  private func configure() throws {
    guard
      let device = AVCaptureDevice.default(.builtInWideAngleCamera, for: .video, position: .back)
    else {
      throw CameraError.notFound
    }
    let input = try AVCaptureDeviceInput(device: device)
    let output = AVCaptureVideoDataOutput()
    output.videoSettings = [kCVPixelBufferPixelFormatTypeKey as String: kCVPixelFormatType_32BGRA]
    output.alwaysDiscardsLateVideoFrames = true
    output.setSampleBufferDelegate(self, queue: queue)

    session.beginConfiguration()
    defer { session.commitConfiguration() }
    session.sessionPreset = .vga640x480
    guard session.canAddInput(input), session.canAddOutput(output) else {
      throw CameraError.notUsable
    }
    session.addInput(input)
    session.addOutput(output)
    if let connection = output.connection(with: .video),
      connection.isVideoRotationAngleSupported(90)
    {
      connection.videoRotationAngle = 90
    }
  }

  func captureOutput(
    _ output: AVCaptureOutput, didOutput sampleBuffer: CMSampleBuffer,
    from connection: AVCaptureConnection
  ) {
    if let frame = CMSampleBufferGetImageBuffer(sampleBuffer) {
      onFrame(frame)
    }
  }
}
