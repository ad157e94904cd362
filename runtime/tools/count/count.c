/*===- count.c - Counts what a program executes in QEMU -------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A plugin of QEMU's user-mode emulators:
//
//   qemu-aarch64 -plugin mobileone-count.so,output=FILE PROGRAM
//
// When the program ends, FILE holds how often each of its blocks of
// instructions ran: a line of text for the version and the architecture as
// QEMU has it, one per block that ran, and a last one to tell a whole file from
// a part:
//
//   mobileone-count 1 aarch64
//   ADDRESS COUNT BYTES      in hexadecimal, decimal, hexadecimal
//   end
//
// A block is entered at its first instruction and left after its last one, so
// each of them ran COUNT times. QEMU may translate an address more than once,
// and blocks may overlap: counts of an instruction add up.
//
// Counters are plain additions: with several threads some are lost.
//
//===----------------------------------------------------------------------===*/

#include "qemu_plugin.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

QEMU_PLUGIN_EXPORT int qemu_plugin_version = 1;

typedef struct Block {
  struct Block *next;
  uint64_t address;
  uint64_t count;
  size_t size;
  unsigned char bytes[];
} Block;

/* In the order of their translation, which QEMU does under a lock. */
static Block *first;
static Block **last = &first;
static FILE *output;
static char architecture[32];

static size_t bytesOf(const struct qemu_plugin_tb *tb) {
  size_t bytes = 0;
  for (size_t i = 0; i < qemu_plugin_tb_n_insns(tb); ++i)
    bytes += qemu_plugin_insn_size(qemu_plugin_tb_get_insn(tb, i));
  return bytes;
}

static void onTranslation(qemu_plugin_id_t id, struct qemu_plugin_tb *tb) {
  size_t size = bytesOf(tb);
  Block *block = malloc(sizeof(Block) + size);
  (void)id;
  if (!block) {
    fputs("mobileone-count: out of memory\n", stderr);
    abort();
  }
  block->next = NULL;
  block->address = qemu_plugin_tb_vaddr(tb);
  block->count = 0;
  block->size = 0;
  for (size_t i = 0; i < qemu_plugin_tb_n_insns(tb); ++i) {
    struct qemu_plugin_insn *instruction = qemu_plugin_tb_get_insn(tb, i);
    size_t length = qemu_plugin_insn_size(instruction);
    memcpy(&block->bytes[block->size], qemu_plugin_insn_data(instruction),
           length);
    block->size += length;
  }
  *last = block;
  last = &block->next;
  qemu_plugin_register_vcpu_tb_exec_inline(tb, QEMU_PLUGIN_INLINE_ADD_U64,
                                           &block->count, 1);
}

static void onExit(qemu_plugin_id_t id, void *user) {
  (void)id;
  (void)user;
  fprintf(output, "mobileone-count 1 %s\n", architecture);
  for (const Block *block = first; block; block = block->next) {
    if (!block->count)
      continue;
    fprintf(output, "%" PRIx64 " %" PRIu64 " ", block->address, block->count);
    for (size_t i = 0; i < block->size; ++i)
      fprintf(output, "%02x", block->bytes[i]);
    fputc('\n', output);
  }
  fputs("end\n", output);
  if (fclose(output))
    fputs("mobileone-count: the output cannot be written\n", stderr);
}

QEMU_PLUGIN_EXPORT int qemu_plugin_install(qemu_plugin_id_t id,
                                           const qemu_info_t *info, int argc,
                                           char **argv) {
  const char *prefix = "output=";
  if (argc != 1 || strncmp(argv[0], prefix, strlen(prefix))) {
    fputs("mobileone-count: the plugin's argument is output=FILE\n", stderr);
    return 1;
  }
  output = fopen(argv[0] + strlen(prefix), "w");
  if (!output) {
    perror(argv[0] + strlen(prefix));
    return 1;
  }
  snprintf(architecture, sizeof(architecture), "%s", info->target_name);
  qemu_plugin_register_vcpu_tb_trans_cb(id, onTranslation);
  qemu_plugin_register_atexit_cb(id, onExit, NULL);
  return 0;
}
