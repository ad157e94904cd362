#!/bin/sh
# Says that the schedules' own choices are wrong.
cat > /dev/null
echo "mobileone-measure 1"
echo "wrong base"
