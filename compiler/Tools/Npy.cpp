//===- Npy.cpp - NumPy's .npy files ---------------------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Tools/Npy.h"

#include "compiler/Tools/NpyHeader.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <memory>
#include <sys/stat.h>
#include <unistd.h>

using namespace mobileone;

static const char kMagic[] = "\x93NUMPY";
static constexpr size_t kMagicBytes = 6;
/// NumPy refuses larger ones as well, unless told to trust the file.
static constexpr size_t kMaxHeaderBytes = 10000;
static const char kRewriteHint[] =
    "write the file with numpy.save(\"x.npy\", array)";

std::string mobileone::npyTypeName(char kind, int itemBytes) {
  switch (kind) {
  case 'b':
    return "bool";
  case 'i':
    return fmt::format("int{}", 8 * itemBytes);
  case 'u':
    return fmt::format("uint{}", 8 * itemBytes);
  case 'c':
    return fmt::format("complex{}", 8 * itemBytes);
  }
  return fmt::format("float{}", 8 * itemBytes);
}

std::string NpyArray::typeName() const { return npyTypeName(kind, itemBytes); }

std::string mobileone::formatShape(const std::vector<int64_t> &shape) {
  return fmt::format("({}{})", fmt::join(shape, ", "),
                     shape.size() == 1 ? "," : "");
}

namespace {

struct FileCloser {
  void operator()(std::FILE *file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, FileCloser>;

/// Reads one file and says what is wrong with it.
class NpyReader {
public:
  NpyReader(const std::string &path, DiagnosticList &diagnostics)
      : path(path), diagnostics(diagnostics) {}

  std::optional<NpyArray> read() {
    if (!open() || !readHeader() || !checkLength())
      return std::nullopt;
    NpyArray array;
    array.kind = header.kind;
    array.itemBytes = header.itemBytes;
    array.shape = header.shape;
    array.data.resize(header.dataBytes);
    if (!take(array.data.data(), array.data.size()))
      return fail(fmt::format("reading failed: {}", std::strerror(errno))),
             std::nullopt;
    if (header.bigEndian)
      swapBytes(array);
    if (header.fortranOrder)
      reorder(array);
    return array;
  }

private:
  bool fail(const std::string &message, const std::string &hint = "") {
    diagnostics.error(ErrorKind::BadInput, escapeForDisplay(path), message,
                      hint);
    return false;
  }

  bool take(void *data, size_t bytes) {
    return std::fread(data, 1, bytes, file.get()) == bytes;
  }

  bool open() {
    file.reset(std::fopen(path.c_str(), "rb"));
    struct stat status;
    if (!file || fstat(fileno(file.get()), &status))
      return fail(fmt::format("cannot be opened: {}", std::strerror(errno)));
    if (!S_ISREG(status.st_mode))
      return fail("is not a regular file");
    fileBytes = status.st_size;
    return true;
  }

  bool readHeader() {
    uint8_t start[kMagicBytes + 2], length[4] = {};
    if (!take(start, sizeof(start)) ||
        std::memcmp(start, kMagic, kMagicBytes) != 0)
      return fail("is not a .npy file: it does not start with \\x93NUMPY",
                  kRewriteHint);
    int version = start[kMagicBytes];
    if (version < 1 || version > 3 || start[kMagicBytes + 1] != 0)
      return fail(fmt::format("has version {}.{} of the .npy format; 1.0, 2.0 "
                              "and 3.0 are read",
                              version, start[kMagicBytes + 1]),
                  kRewriteHint);
    size_t lengthBytes = version == 1 ? 2 : 4;
    if (!take(length, lengthBytes))
      return fail("ends within its header", kRewriteHint);
    size_t bytes =
        length[0] | length[1] << 8 | length[2] << 16 | size_t(length[3]) << 24;
    if (bytes > kMaxHeaderBytes)
      return fail(fmt::format("has a header of {} bytes; at most {} are read",
                              bytes, kMaxHeaderBytes),
                  kRewriteHint);
    std::string text(bytes, '\0');
    if (!take(text.data(), bytes))
      return fail("ends within its header", kRewriteHint);
    std::string problem = parseNpyHeader(text, header);
    dataStart = sizeof(start) + lengthBytes + bytes;
    return problem.empty() ||
           fail(fmt::format("has a malformed header: {}", problem),
                kRewriteHint);
  }

  bool checkLength() {
    uint64_t found = fileBytes - dataStart;
    return found == header.dataBytes ||
           fail(
               fmt::format("holds {} bytes of elements where shape {} of {} "
                           "needs {}",
                           found, formatShape(header.shape),
                           npyTypeName(header.kind, header.itemBytes),
                           header.dataBytes),
               "the file was cut or written by something else; write it again");
  }

  static void swapBytes(NpyArray &array) {
    // A complex number is two floating-point ones.
    int bytes = array.kind == 'c' ? array.itemBytes / 2 : array.itemBytes;
    for (auto at = array.data.begin(); at != array.data.end(); at += bytes)
      std::reverse(at, at + bytes);
  }

  /// Column-major to row-major.
  static void reorder(NpyArray &array) {
    std::vector<uint8_t> source = array.data;
    std::vector<int64_t> index(array.shape.size(), 0);
    size_t item = array.itemBytes;
    for (size_t at = 0; at < array.data.size(); at += item) {
      size_t from = 0;
      for (size_t d = index.size(); d-- > 0;)
        from = from * array.shape[d] + index[d];
      std::memcpy(&array.data[at], &source[from * item], item);
      for (size_t d = index.size(); d-- > 0;) {
        if (++index[d] < array.shape[d])
          break;
        index[d] = 0;
      }
    }
  }

  const std::string &path;
  DiagnosticList &diagnostics;
  File file;
  uint64_t fileBytes = 0, dataStart = 0;
  NpyHeader header;
};

} // namespace

std::optional<NpyArray> mobileone::readNpy(const std::string &path,
                                           DiagnosticList &diagnostics) {
  return NpyReader(path, diagnostics).read();
}

/// Magic, version, length and dictionary, padded so that the elements start at
/// a multiple of 64 bytes.
static std::string makeHeader(const NpyArray &array) {
  std::string text = fmt::format(
      "{{'descr': '{}{}{}', 'fortran_order': False, 'shape': {}, }}",
      array.itemBytes == 1 ? '|' : '<', array.kind, array.itemBytes,
      formatShape(array.shape));
  size_t used = kMagicBytes + 4 + text.size() + 1;
  text.append((64 - used % 64) % 64, ' ');
  text += '\n';
  std::string start(kMagic, kMagicBytes);
  start += '\1';
  start += '\0';
  start += char(text.size() & 0xFF);
  start += char(text.size() >> 8);
  return start + text;
}

bool mobileone::writeNpy(const std::string &path, const NpyArray &array,
                         DiagnosticList &diagnostics) {
  std::string temporary = fmt::format("{}.{}.tmp", path, getpid());
  std::string header = makeHeader(array);
  File file(std::fopen(temporary.c_str(), "wbx"));
  bool written = file &&
                 std::fwrite(header.data(), 1, header.size(), file.get()) ==
                     header.size() &&
                 std::fwrite(array.data.data(), 1, array.data.size(),
                             file.get()) == array.data.size() &&
                 std::fflush(file.get()) == 0 &&
                 std::rename(temporary.c_str(), path.c_str()) == 0;
  if (written)
    return true;
  int reason = errno;
  if (file)
    std::remove(temporary.c_str());
  diagnostics.error(ErrorKind::BadInput, escapeForDisplay(path),
                    fmt::format("cannot be written: {}", std::strerror(reason)),
                    "choose a folder that exists, is yours and has space left");
  return false;
}
