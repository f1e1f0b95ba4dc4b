"""Writes the small weight files beside it with the libraries that wrote the official ones: h5py, and PyTorch's torch.save.

Every weight counts 0, 1, 2, ... in the order of its file, so that a test knows what it reads.
    python3 make.py        (h5py 3.7 and PyTorch 1.13 were used)
"""
import collections
import os
import pickle
import types

import h5py
import numpy
import torch

HERE = os.path.dirname(os.path.abspath(__file__))


def count(*shape):
    return numpy.arange(numpy.prod(shape), dtype=numpy.float32).reshape(shape)


def keras(group, layers):
    """As Keras's save_weights_to_hdf5_group."""
    group.attrs["layer_names"] = [name.encode() for name, _ in layers]
    for name, weights in layers:
        layer = group.create_group(name)
        layer.attrs["weight_names"] = [key.encode() for key in weights]
        for key, shape in weights.items():
            layer.create_dataset(key, data=count(*shape))


def keras1():
    """vgg16_weights_tf_dim_ordering_tf_kernels_notop.h5, of few channels."""
    def convolution(name, before, after):
        return name, {f"{name}_W_1:0": (3, 3, before, after), f"{name}_b_1:0": (after,)}

    with h5py.File(f"{HERE}/keras1.h5", "w") as file:
        keras(file, [("input_1", {}), convolution("block1_conv1", 3, 2), convolution("block1_conv2", 2, 4), ("block1_pool", {})])


def keras2():
    """A whole model of Keras 2, with a classifier and an optimiser."""
    with h5py.File(f"{HERE}/keras2_model.h5", "w") as file:
        group = file.create_group("model_weights")
        group.attrs["backend"] = b"tensorflow"
        group.attrs["keras_version"] = b"2.2.4"
        keras(group, [
            ("conv1", {"conv1/kernel:0": (3, 3, 3, 2)}),
            ("bn_conv1", {f"bn_conv1/{key}:0": (2,) for key in ("gamma", "beta", "moving_mean", "moving_variance")}),
            ("up", {"up/kernel:0": (2, 2, 5, 2), "up/bias:0": (5,)}),
            ("predictions", {"predictions/kernel:0": (4, 3), "predictions/bias:0": (3,)}),
        ])
        file.create_group("optimizer_weights").create_dataset("iterations:0", data=numpy.int64(7))


def links():
    """Links of each kind, and numbers that lie elsewhere: "latest" keeps links in headers and heaps, "earliest" in tables."""
    def write(name, links, libver="latest", fill=None):
        with h5py.File(f"{HERE}/Links/{name}.h5", "w", libver=libver) as file:
            layer = file.create_group("conv1")
            layer.create_dataset("kernel:0", data=count(2, 3))
            for path, target in links.items():
                layer[path] = layer["kernel:0"] if target is None else target
            if fill:
                fill(layer)

    def virtual(layer):
        layout = h5py.VirtualLayout((2, 3), numpy.float32)
        layout[:] = h5py.VirtualSource(".", "conv1/virtual", (2, 3))
        layer.create_virtual_dataset("virtual", layout)

    def elsewhere(layer):
        layer.create_dataset("elsewhere", (2, 3), numpy.float32, external=[("hard_in_heap.h5", 0, 24)])

    os.makedirs(f"{HERE}/Links", exist_ok=True)
    itself = h5py.SoftLink("soft")
    many = {f"hard{i}": None for i in range(9)}
    write("hard_in_heap", many)
    write("soft_in_header", {"soft": itself})
    write("soft_in_heap", {**many, "soft": itself})
    write("soft_in_table", {"soft": itself}, "earliest")
    write("soft_circle", {"a": h5py.SoftLink("/conv1/b"), "b": h5py.SoftLink("/conv1/a")})
    write("soft_to_weight", {"soft": h5py.SoftLink("/conv1/kernel:0")})
    write("soft_model", {"/model_weights": h5py.SoftLink("/model_weights")})
    write("external", {"external": h5py.ExternalLink("hard_in_heap.h5", "/conv1/kernel:0")})
    write("data_elsewhere", {}, fill=elsewhere)
    write("data_virtual", {}, fill=virtual)


def state():
    """Two layers as torchvision names them, a half, a bfloat16, and a tensor that lies in another order."""
    tensor = lambda *shape: torch.from_numpy(count(*shape))
    weights = collections.OrderedDict([
        ("conv1.weight", tensor(2, 3, 3, 3)),
        ("bn1.weight", torch.nn.Parameter(tensor(2))),
        ("bn1.bias", tensor(2).half()),
        ("bn1.running_mean", tensor(2).bfloat16()),
        ("bn1.running_var", tensor(4)[2:]),
        ("bn1.num_batches_tracked", torch.tensor(7)),
        ("layer1.0.conv1.weight", tensor(2, 1, 3, 4).permute(3, 0, 1, 2)),
        ("fc.weight", tensor(3, 2)),
        ("fc.bias", tensor(3)),
    ])
    weights._metadata = collections.OrderedDict([("", {"version": 1}), ("bn1", {"version": 2})])
    return weights


class Pickler2017(pickle._Pickler):
    """Pickles tensors as PyTorch did before 0.4, when vgg16-397923af.pth was made."""

    def reducer_override(self, value):
        if isinstance(value, torch.Tensor):
            return torch._utils._rebuild_tensor, (value.storage(), value.storage_offset(), tuple(value.size()), value.stride())
        return NotImplemented


def torch_files():
    torch.save(state(), f"{HERE}/torch_zip.pth")
    torch.save(state(), f"{HERE}/torch_legacy.pth", _use_new_zipfile_serialization=False)
    old = types.SimpleNamespace(__name__="pickle2017", Pickler=Pickler2017, dump=lambda value, file, protocol: Pickler2017(file, protocol).dump(value))
    plain = collections.OrderedDict((f"features.{n}.{key}", torch.from_numpy(count(*shape))) for n, key, shape in [
        (0, "weight", (2, 3, 3, 3)), (0, "bias", (2,)), (2, "weight", (4, 2, 3, 3)), (2, "bias", (4,))])
    plain["classifier.0.weight"] = torch.from_numpy(count(3, 4))
    torch.save(plain, f"{HERE}/torch_2017.pth", pickle_module=old, _use_new_zipfile_serialization=False)


if __name__ == "__main__":
    keras1()
    keras2()
    links()
    torch_files()
