# LeNet-5 in Flux.
using Flux

model = Chain(
    Conv((5, 5), 1 => 6, relu; pad = 2),
    MaxPool((2, 2)),
    Conv((5, 5), 6 => 16, relu),
    MaxPool((2, 2)),
    Flux.flatten,
    Dense(400 => 120, relu),
    Dense(120 => 84, relu),
    Dense(84 => 10),
)
