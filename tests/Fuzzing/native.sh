#!/usr/bin/env bash
# Fuzzes Skia's own decoder of a format by the blocks of native code that files reach: native.sh jpeg|webp SECONDS [SEED]
# Needs gcc and objdump (Debian: gcc, binutils). With CHECK=1 valgrind reads what earlier runs kept, instead.
set -euo pipefail
cd "$(dirname "$0")"
target=$1 seconds=$2 seed=${3:-1}
dotnet build -c Release -v q -nologo
built=$(dirname "$(find bin/Release -name Fuzzing.dll | head -1)") corpus=obj/native/$target
library=$(find "$built" -name libSkiaSharp.so | head -1)
mkdir -p "$corpus"
gcc -O2 -g -Wall -Wextra -o obj/native/skia_coverage Native/skia_coverage.c -ldl

# The targets of jumps and calls begin blocks.
objdump -d --no-show-raw-insn "$library" | awk '/^ *[0-9a-f]+:/ { if ($2 ~ /^(j|call)/ && $3 ~ /^[0-9a-f]+$/) print $3 }' | sort -u > obj/native/blocks
for i in $(seq 60); do [ -f "$corpus/$i" ] || dotnet "$built/Fuzzing.dll" save "$target" 3 "$i" "$corpus/$i"; done
if [ -n "${CHECK:-}" ]; then
    exec valgrind -q --error-exitcode=9 obj/native/skia_coverage "$library" /dev/null "$corpus" 0 "$seed"
fi

# malloc's caches would hand out memory that it does not fill.
GLIBC_TUNABLES=glibc.malloc.tcache_count=0 obj/native/skia_coverage "$library" obj/native/blocks "$corpus" "$seconds" "$seed"
