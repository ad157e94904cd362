//===- KernelCountsTests.cpp - Tests of counting by function --------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Estimate/KernelCounts.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Object/ObjectFile.h"
#include "llvm/ObjectYAML/yaml2obj.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

using namespace mobileone;
using testing::HasSubstr;

// Two functions of four and of two instructions: fmla, ldr, fadd, ret; add,
// ret.
static constexpr char kElf[] = R"(
--- !ELF
FileHeader: {Class: ELFCLASS64, Data: ELFDATA2LSB, Type: ET_DYN,
             Machine: EM_AARCH64}
Sections:
  - {Name: .text, Type: SHT_PROGBITS, Flags: [SHF_ALLOC, SHF_EXECINSTR],
     Address: 0x2010,
     Content: 2010a24f2000c03d20d4224ec0035fd62000028bc0035fd6}
Symbols:
  - {Name: first, Type: STT_FUNC, Section: .text, Value: 0x2010, Size: 16}
  - {Name: second, Type: STT_FUNC, Section: .text, Value: 0x2020, Size: 8}
  - {Name: table, Type: STT_OBJECT, Section: .text, Value: 0x2020, Size: 8}
)";

// The same as a phone gets them: without sizes, names with an underscore.
static constexpr char kMachO[] = R"(
--- !mach-o
FileHeader: {magic: 0xFEEDFACF, cputype: 0x100000C, cpusubtype: 0, filetype: 1,
             ncmds: 2, sizeofcmds: 176, flags: 0, reserved: 0}
LoadCommands:
  - cmd: LC_SEGMENT_64
    cmdsize: 152
    segname: ''
    vmaddr: 0
    vmsize: 24
    fileoff: 208
    filesize: 24
    maxprot: 7
    initprot: 7
    nsects: 1
    flags: 0
    Sections:
      - {sectname: __text, segname: __TEXT, addr: 0, size: 24, offset: 208,
         align: 2, reloff: 0, nreloc: 0, flags: 0x80000400, reserved1: 0,
         reserved2: 0, reserved3: 0,
         content: 2010A24F2000C03D20D4224EC0035FD62000028BC0035FD6}
  - {cmd: LC_SYMTAB, cmdsize: 24, symoff: 232, nsyms: 2, stroff: 264,
     strsize: 16}
LinkEditData:
  NameList:
    - {n_strx: 1, n_type: 0x0E, n_sect: 1, n_desc: 0, n_value: 0}
    - {n_strx: 8, n_type: 0x0E, n_sect: 1, n_desc: 0, n_value: 16}
  StringTable: ['', _first, _second, '']
)";

static std::optional<CodeImage> imageOf(const char *yaml,
                                        DiagnosticList &diagnostics) {
  llvm::SmallString<0> storage;
  std::unique_ptr<llvm::object::ObjectFile> file =
      llvm::yaml::yaml2ObjectFile(storage, yaml, [](const llvm::Twine &text) {
        ADD_FAILURE() << text.str();
      });
  return file ? CodeImage::read(file->getMemoryBufferRef(), diagnostics)
              : std::nullopt;
}

static ExecutedBlock block(uint64_t address, uint64_t count,
                           const std::string &hex) {
  ExecutedBlock result{address, count, ""};
  EXPECT_TRUE(llvm::tryGetFromHex(hex, result.bytes));
  return result;
}

/// The first function 3 times, the second 5 times, and code of others.
static BlockCounts executed(uint64_t address) {
  return {"aarch64",
          {block(address, 3, "2010a24f2000c03d20d4224ec0035fd6"),
           block(address + 16, 5, "2000028bc0035fd6"),
           block(address - 0x100000, 7, "c0035fd6"),
           block(address + 0x100000, 7, "2010a24fc0035fd62010a24fc0035fd6")}};
}

static void expectCounts(const char *yaml, uint64_t address) {
  DiagnosticList diagnostics;
  std::optional<CodeImage> image = imageOf(yaml, diagnostics);
  ASSERT_TRUE(image) << diagnostics.str();
  auto functions = countByFunction(executed(address), *image, diagnostics);
  ASSERT_TRUE(functions) << diagnostics.str();
  ASSERT_EQ(functions->size(), 2u);
  EXPECT_EQ((*functions)["first"].instructions, 12u);
  EXPECT_EQ((*functions)["first"].multiplyAdds, 3u);
  EXPECT_EQ((*functions)["first"].loads, 3u);
  EXPECT_EQ((*functions)["second"].instructions, 10u);
  EXPECT_EQ((*functions)["second"].branches, 5u);
}

TEST(KernelCountsTest, FindsFunctionsOfSharedObjects) {
  expectCounts(kElf, 0x7f0012010);
}

TEST(KernelCountsTest, FindsFunctionsOfApplesObjects) {
  expectCounts(kMachO, 0x7f0012000);
}

static std::string errorOf(const BlockCounts &counts) {
  DiagnosticList diagnostics;
  std::optional<CodeImage> image = imageOf(kElf, diagnostics);
  EXPECT_TRUE(image && !countByFunction(counts, *image, diagnostics));
  EXPECT_EQ(diagnostics.exitCode(), int(ErrorKind::BadInput));
  return diagnostics.str();
}

TEST(KernelCountsTest, ReportsWhatBelongsToAnother) {
  // No page begins where the image would have to.
  EXPECT_THAT(errorOf(executed(0x7f0012014)),
              HasSubstr("executed instructions: none are of the model"));
  EXPECT_THAT(errorOf({"riscv64", {}}),
              HasSubstr("are for 'riscv64', which is neither aarch64 nor"));
  BlockCounts counts = executed(0x7f0012010);
  counts.blocks[1].bytes.assign(8, '\xff');
  EXPECT_THAT(errorOf(counts),
              HasSubstr("8 bytes are no instructions that LLVM knows"));
}

TEST(KernelCountsTest, ReportsWhatIsNoObject) {
  DiagnosticList diagnostics;
  EXPECT_FALSE(CodeImage::read({"text", "some.so"}, diagnostics));
  EXPECT_THAT(diagnostics.str(), HasSubstr("some.so: is no object file: "));
}
