# cmake -DOUTPUT=... -DFILES=a,b,... -P EmbedRecords.cmake
#
# Writes the C++ source behind ShippedRecordTexts.h.
string(REPLACE "," ";" FILES "${FILES}")
set(entries "")
foreach(file IN LISTS FILES)
  get_filename_component(name "${file}" NAME_WE)
  file(READ "${file}" content)
  string(APPEND entries
    "      {\"${name}\", R\"embedded(${content})embedded\"},\n")
endforeach()
file(WRITE "${OUTPUT}" "#include \"compiler/Planning/ShippedRecordTexts.h\"

namespace mobileone {

const std::vector<ShippedRecordText> &shippedRecordTexts() {
  static const std::vector<ShippedRecordText> texts = {
${entries}  };
  return texts;
}

} // namespace mobileone
")
