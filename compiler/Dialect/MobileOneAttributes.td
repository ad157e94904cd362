//===- MobileOneAttributes.td -*- tablegen -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_ATTRIBUTES_TD
#define MOBILEONE_ATTRIBUTES_TD

include "compiler/Dialect/MobileOneDialect.td"
include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/EnumAttr.td"

def MobileOne_WeightAttr : AttrDef<MobileOne_Dialect, "Weight"> {
  let mnemonic = "weight";
  let summary = "The name of a tensor in the weight store";
  let description = [{
    Example: `#mobileone.weight<"stage1.0.reparam_conv.weight">`
  }];
  let parameters = (ins StringRefParameter<"name">:$name);
  let assemblyFormat = "`<` $name `>`";
}

/// A 64-bit integer whose accessor is signed, as extents and counts are.
def MobileOne_IntegerAttr
    : TypedSignlessIntegerAttrBase<I64, "int64_t", "64-bit integer">;

def MobileOne_Activation : I32EnumAttr<"Activation", "an activation function", [
    I32EnumAttrCase<"None", 0, "none">, I32EnumAttrCase<"ReLU", 1, "relu">]> {
  let cppNamespace = "::mobileone";
  let genSpecializedAttr = 0;
}
def MobileOne_ActivationAttr
    : EnumAttr<MobileOne_Dialect, MobileOne_Activation, "activation">;

def MobileOne_Layout : I32EnumAttr<"Layout", "a caller's memory layout", [
    I32EnumAttrCase<"NCHW", 0, "nchw">, I32EnumAttrCase<"NHWC", 1, "nhwc">]> {
  let cppNamespace = "::mobileone";
  let genSpecializedAttr = 0;
}
def MobileOne_LayoutAttr
    : EnumAttr<MobileOne_Dialect, MobileOne_Layout, "layout">;

#endif // MOBILEONE_ATTRIBUTES_TD
