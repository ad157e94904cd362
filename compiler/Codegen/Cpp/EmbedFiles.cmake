# cmake -DROOT=... -DOUTPUT=... -DFILES=a,b,... -P EmbedFiles.cmake
#
# Writes the C++ source behind EmbeddedFiles.h.
string(REPLACE "," ";" FILES "${FILES}")
set(entries "")
foreach(file IN LISTS FILES)
  file(READ "${ROOT}/${file}" content)
  string(APPEND entries "      {\"${file}\", R\"embedded(${content})embedded\"},\n")
endforeach()
file(WRITE "${OUTPUT}" "#include \"compiler/Codegen/Cpp/EmbeddedFiles.h\"

#include \"llvm/Support/ErrorHandling.h\"

#include <cstring>

namespace mobileone {

const std::vector<EmbeddedFile> &embeddedFiles() {
  static const std::vector<EmbeddedFile> files = {
${entries}  };
  return files;
}

const char *embeddedFile(const char *path) {
  for (const EmbeddedFile &file : embeddedFiles())
    if (!std::strcmp(file.path, path))
      return file.text;
  llvm::report_fatal_error(\"a source is missing from this compiler\");
}

} // namespace mobileone
")
