#!/usr/bin/env bash
# Segments an image of SIDE × SIDE pixels (20,000 unless told otherwise) from file to file; prints the seconds it took and the peak of
# memory. A model of one's own: bench/large_image.sh SIDE MODEL.onnx. The image takes disk space in the folder for temporary files.
set -euo pipefail
side=${1:-20000}
model=()
[ $# -lt 2 ] || model=("$(realpath "$2")")
cd "$(dirname "$0")"
dotnet build -c Release --nologo -v quiet LargeImage
program=$(find LargeImage/bin/Release -name LargeImage -type f -perm -u+x | head -n 1)
read -r seconds peak < <("$program" "$side" "${model[@]}")
printf '%-14s%-12s%s\n' pixels time peak
printf '%-14s%-12s%s\n' "${side}×${side}" "$seconds s" "$peak MiB"
