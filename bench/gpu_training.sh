#!/usr/bin/env bash
# Training of unet-resnet18 (windows of 448×352) on the first GPU against PyTorch, batches of 8 and 32, in 32 bits and bfloat16:
# PyTorch's bare step on a batch that is there, ours, and our whole training with its loader and all augmentation. It needs
# Python's torch and torchvision for CUDA, whose libtorch is ours too.
# Usage: bench/gpu_training.sh IMAGES MASKS, folders of images and of their masks of 11 classes, such as CamVid's training part.
# DEVICE_STEP is the command to run; it is built where none is given.
set -euo pipefail
images=$1 masks=$2
bench=$(cd "$(dirname "$0")" && pwd)
if [ -z "${DEVICE_STEP:-}" ]; then
  dotnet build -c Release --nologo -v quiet "$bench/DeviceStep"
  DEVICE_STEP=$(find "$bench/DeviceStep/bin/Release" -name DeviceStep -type f -perm -u+x | head -n 1)
  # Another libtorch cannot take the place of one that lies beside the program.
  rm -f "$(dirname "$DEVICE_STEP")"/{libtorch*.so,libc10.so,libgomp*}
fi
MLSEG_LIBTORCH=$(python3 -c "import torch; print(torch.__path__[0] + '/lib')")
export MLSEG_LIBTORCH
python3 "$bench/gpu_step.py" 8 32
$DEVICE_STEP --batch 8 32 --precision Float32 BFloat16
$DEVICE_STEP --batch 8 32 --precision Float32 BFloat16 --images "$images" --masks "$masks" --steps 250
