import Accelerate
import CoreVideo

struct ScaleError: LocalizedError {
  let code: vImage_Error
  var errorDescription: String? { "A frame could not be scaled: vImage says \(code)." }
}

/// Turns frames of the camera into what the network reads: the square in the
/// middle, scaled, as RGB bytes. Owns all memory that this takes.
final class FrameScaler {
  let width: Int
  let height: Int
  private let scaled: UnsafeMutableBufferPointer<UInt8>
  private let rgb: UnsafeMutableBufferPointer<UInt8>

  init(width: Int, height: Int) {
    self.width = width
    self.height = height
    scaled = .allocate(capacity: width * height * 4)
    rgb = .allocate(capacity: width * height * 3)
    scaled.initialize(repeating: 0)
    rgb.initialize(repeating: 0)
  }

  deinit {
    scaled.deallocate()
    rgb.deallocate()
  }

  /// The result is valid until the next call.
  func scale(_ frame: CVPixelBuffer) throws -> UnsafeBufferPointer<UInt8> {
    CVPixelBufferLockBaseAddress(frame, .readOnly)
    defer { CVPixelBufferUnlockBaseAddress(frame, .readOnly) }
    guard let pixels = CVPixelBufferGetBaseAddress(frame) else {
      throw ScaleError(code: kvImageNullPointerArgument)
    }
    let rowBytes = CVPixelBufferGetBytesPerRow(frame)
    let frameWidth = CVPixelBufferGetWidth(frame)
    let frameHeight = CVPixelBufferGetHeight(frame)
    let side = min(frameWidth, frameHeight)
    let left = (frameWidth - side) / 2
    let top = (frameHeight - side) / 2
    var square = vImage_Buffer(
      data: pixels + top * rowBytes + left * 4, height: vImagePixelCount(side),
      width: vImagePixelCount(side), rowBytes: rowBytes)
    var small = buffer(scaled, channels: 4)
    var result = buffer(rgb, channels: 3)
    // Four interleaved bytes are scaled alike, whatever they mean.
    try check(vImageScale_ARGB8888(&square, &small, nil, vImage_Flags(kvImageNoFlags)))
    try check(vImageConvert_BGRA8888toRGB888(&small, &result, vImage_Flags(kvImageNoFlags)))
    return UnsafeBufferPointer(rgb)
  }

  private func buffer(
    _ memory: UnsafeMutableBufferPointer<UInt8>, channels: Int
  ) -> vImage_Buffer {
    vImage_Buffer(
      data: memory.baseAddress, height: vImagePixelCount(height),
      width: vImagePixelCount(width), rowBytes: width * channels)
  }

  private func check(_ code: vImage_Error) throws {
    guard code == kvImageNoError else { throw ScaleError(code: code) }
  }
}
