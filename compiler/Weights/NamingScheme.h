//===- NamingScheme.h - How checkpoints name their tensors ------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_WEIGHTS_NAMINGSCHEME_H
#define MOBILEONE_WEIGHTS_NAMINGSCHEME_H

#include <string>
#include <vector>

namespace mobileone {

/// One library's names for the parts of a network. `{}` stands for a number.
struct NamingScheme {
  std::string name; ///< Of the library.
  std::string stem;
  std::string stage; ///< {}: stage number + stageOffset.
  int stageOffset;
  /// Of a layer; {}: number of the branch.
  std::string branchConv, branchNorm;
  std::string scaleConv, scaleNorm;
  std::string skipNorm;
  std::string fusedConv;
  std::string squeeze, excite;
  std::string classifier; ///< In place of canonical "linear".
};

/// All that are known; the first gives the canonical names.
const std::vector<NamingScheme> &namingSchemes();

/// The name in `scheme` of the tensor with the canonical name `canonical`:
/// "stage1.0.rbr_skip.bias" is "stages.0.0.identity.bias" in timm.
std::string nameInScheme(const NamingScheme &scheme,
                         const std::string &canonical);

} // namespace mobileone

#endif // MOBILEONE_WEIGHTS_NAMINGSCHEME_H
