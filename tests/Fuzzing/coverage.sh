#!/usr/bin/env bash
# Lets afl-fuzz lead the reading of a target by the managed code that it reaches: coverage.sh TARGET bytes|choices SECONDS
# Needs afl++ (Debian's package does). What it found lies in obj/afl/TARGET-bytes|choices/default/crashes; 'make' turns choices into a file.
set -euo pipefail
cd "$(dirname "$0")"
target=$1 kind=$2 seconds=$3
dotnet build -c Release -v q -nologo
built=$(dirname "$(find bin/Release -name Fuzzing.dll | head -1)") instrumented=obj/instrumented work=obj/afl/$target-$kind
[ -x obj/tools/sharpfuzz ] || dotnet tool install SharpFuzz.CommandLine --version 2.3.0 --tool-path obj/tools
rm -rf "$instrumented" "$work"
cp -rl "$built" "$instrumented"
for assembly in MLSegmentation MLSegmentation.Training PureHDF BitMiracle.LibTiff.NET; do
    # A copy of its own: the link is to the file that was built.
    cp --remove-destination "$(readlink -f "$built/$assembly.dll")" "$instrumented/$assembly.dll"
    obj/tools/sharpfuzz "$instrumented/$assembly.dll"
done
mkdir -p "$work-seeds"
for i in 1 2 3 4 5 6 7 8; do
    if [ "$kind" = bytes ]; then dotnet "$built/Fuzzing.dll" save "$target" 1 $i "$work-seeds/$i"; else head -c 64 /dev/urandom > "$work-seeds/$i"; fi
done
export AFL_SKIP_BIN_CHECK=1 AFL_SKIP_CPUFREQ=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_NO_UI=1
afl-fuzz -t 10000 -m none -V "$seconds" -i "$work-seeds" -o "$work" -- dotnet "$instrumented/Fuzzing.dll" afl "$target" "$kind"
grep -E 'execs_done|edges_found|saved_crashes|saved_hangs' "$work/default/fuzzer_stats"
