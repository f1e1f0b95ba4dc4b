#!/usr/bin/env bash
# CPU milliseconds that the loader takes for a training image: beside plain scalar passes, with each change alone, and in batches
# on 1 and 2 threads; then what part of a training step that is, for two networks at 256×192. Usage: bench/loader.sh [SECONDS]
set -euo pipefail
cd "$(dirname "$0")"
seconds=${1:-1}
dotnet build -c Release --nologo -v quiet Loader
program=$(find Loader/bin/Release -name Loader -type f -perm -u+x | head -n 1)
"$program" --seconds "$seconds"
"$program" --seconds "$seconds" --width 256 --height 192 --networks unet-compact unet-resnet20
