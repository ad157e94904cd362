//===- CheckpointStructure.h - The network that a checkpoint was made for -*-
// C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_WEIGHTS_CHECKPOINTSTRUCTURE_H
#define MOBILEONE_WEIGHTS_CHECKPOINTSTRUCTURE_H

#include "compiler/Weights/Checkpoint.h"
#include "compiler/Weights/NamingScheme.h"

#include <optional>
#include <string>

namespace mobileone {

/// How a file names its tensors, and which form they have.
struct Recognition {
  const NamingScheme *scheme = nullptr;
  std::string prefix; ///< Before every name, as wrappers of a model add it.
  CheckpointForm form = CheckpointForm::Train;

  /// The file's name for a canonical one.
  std::string fileName(const std::string &canonical) const {
    return prefix + nameInScheme(*scheme, canonical);
  }
};

/// Finds the naming, prefix and form under which the file holds most of the
/// tensors of `spec`'s convolutions; nothing if it holds none under any.
std::optional<Recognition> recognizeNaming(const WeightStore &file,
                                           const ModelSpec &spec);

/// Sets the squeeze-excite widths that `spec` leaves open to those of the
/// file's tensors, where these exist.
void resolveHiddenWidths(const WeightStore &file,
                         const Recognition &recognition, ModelSpec &spec);

/// For a file that does not fit `spec`: how they differ, as far as names and
/// shapes tell (branches, blocks, widths, squeeze-excite, classes), and which
/// built-in network the file is of; or empty.
std::string explainDifferences(const WeightStore &file,
                               const Recognition &recognition,
                               const ModelSpec &spec);

} // namespace mobileone

#endif // MOBILEONE_WEIGHTS_CHECKPOINTSTRUCTURE_H
