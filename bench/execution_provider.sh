#!/usr/bin/env bash
# Evaluates a model on the CPU and on another execution provider with the published tool, on a machine that has the device. Prints for both the
# seconds with loading, mean IoU and pixel accuracy, which agree but for pixels between two classes. Publishes into a folder of temporary files.
# Usage: bench/execution_provider.sh PROVIDER MODEL.onnx IMAGES MASKS [PACKAGE VERSION]. The package is the native library of ONNX Runtime,
# Microsoft.ML.OnnxRuntime.Gpu.Linux 1.31.0 unless told otherwise.
set -euo pipefail
provider=$1 model=$(realpath "$2") images=$(realpath "$3") masks=$(realpath "$4")
package=${5:-Microsoft.ML.OnnxRuntime.Gpu.Linux} version=${6:-1.31.0}
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dotnet publish ../src/MLSegmentation.Cli -c Release --nologo -v quiet --artifacts-path "$work/artifacts" -o "$work/mlseg" \
  "-p:OnnxRuntimePackage=$package" "-p:OnnxRuntimePackageVersion=$version"
line='%-12s%-12s%-10s%-22s%s\n'
printf "$line" asked used seconds 'mean IoU' 'pixel accuracy'
for asked in cpu "$provider"; do
  start=$EPOCHREALTIME
  "$work/mlseg/mlseg" evaluate --model "$model" --images "$images" --masks "$masks" --execution-provider "$asked" --json >"$work/result.json"
  seconds=$(awk "BEGIN { printf \"%.1f\", $EPOCHREALTIME - $start }")
  value() { sed -n "s/^  \"$1\": \"\\{0,1\\}\\([^\",]*\\)\"\\{0,1\\},*$/\\1/p" "$work/result.json"; }
  printf "$line" "$asked" "$(value executionProvider)" "$seconds" "$(value meanIoU)" "$(value pixelAccuracy)"
done
