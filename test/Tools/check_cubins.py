"""Checks that a manifest lists machine code for six GPUs whose kernels keep
everything in registers."""

import json
import sys

with open(sys.argv[1], encoding="utf-8") as file:
    (program,) = json.load(file)["programs"]
codes = [(code["kind"], code["capability"]) for code in program["device_codes"]]
gpus = [80, 86, 89, 90, 100, 120]
assert codes == [("ptx", 80)] + [("cubin", gpu) for gpu in gpus], codes
for step in program["steps"]:
    for launch in step["launches"]:
        assert sorted(launch["resources"]) == sorted(f"sm_{gpu}" for gpu in gpus)
        for gpu, taken in launch["resources"].items():
            assert taken["spill_bytes"] == taken["stack_bytes"] == 0, (gpu, launch)
            assert 0 < taken["registers"] <= 255, (gpu, launch)
            threads = launch["block"][0] * launch["block"][1] * launch["block"][2]
            assert threads * taken["registers"] <= 65536, (gpu, launch)
