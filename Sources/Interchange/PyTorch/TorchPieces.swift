/// What a program for PyTorch defines, where it uses it.
enum TorchPieces {
  /// Modules that PyTorch does not have, by their names.
  static let all: [(name: String, definition: String)] = [
    ("Permute", permute), ("Rescaling", rescaling), ("GaussianNoise", noise), ("Exponential", exponential),
  ]

  private static let permute = """
    class Permute(nn.Module):
        \"\"\"Puts the axes in another order.\"\"\"

        def __init__(self, *axes):
            super().__init__()
            self.axes = axes

        def forward(self, x):
            return x.permute(self.axes)
    """

  private static let rescaling = """
    class Rescaling(nn.Module):
        \"\"\"x * scale + offset\"\"\"

        def __init__(self, scale, offset):
            super().__init__()
            self.scale, self.offset = scale, offset

        def forward(self, x):
            return x * self.scale + self.offset
    """

  private static let noise = """
    class GaussianNoise(nn.Module):
        \"\"\"Adds noise while training.\"\"\"

        def __init__(self, deviation):
            super().__init__()
            self.deviation = deviation

        def forward(self, x):
            return x + self.deviation * torch.randn_like(x) if self.training else x
    """

  private static let exponential = """
    class Exponential(nn.Module):
        \"\"\"e to the power of x\"\"\"

        def forward(self, x):
            return x.exp()
    """

  static let cosine = """
    def cosine(t, rate, length, warmup, alpha):
        \"\"\"Half a cosine down, after a linear rise from 0.\"\"\"
        if t < warmup:
            return rate * t / warmup
        share = min(1, (t - warmup) / length)
        return rate * ((1 - alpha) * (1 + np.cos(np.pi * share)) / 2 + alpha)
    """

  static let oneCycle = """
    def one_cycle(t, rate, length, rise):
        \"\"\"Up from a 25th of the rate, then down to almost nothing, along half a cosine each.\"\"\"
        def between(a, b, share):
            return b + (a - b) * (1 + np.cos(np.pi * min(1, share))) / 2

        last = max(1, length - 1)
        top, t = max(0, rise * (last + 1) - 1), min(t, last)
        if t <= top and top > 0:
            return between(rate / 25, rate, t / top)
        return between(rate, rate / 25 / 1e4, (t - top) / max(1, last - top))
    """

  static let training = """
    def predict(x):
        \"\"\"The outputs for all rows.\"\"\"
        model.eval()
        with torch.no_grad():
            return torch.cat([model(part) for part in x.split(512)])


    def evaluate(x, t):
        \"\"\"Mean loss and figures of all rows.\"\"\"
        model.eval()
        sums = {}
        with torch.no_grad():
            for a, b in zip(x.split(512), t.split(512)):
                loss, y = losses(a, b)
                for name, values in {"loss": loss + penalty(), **metrics(y, b)}.items():
                    sums[name] = sums.get(name, 0.0) + float(values.double().sum())
        return {name: value / len(x) for name, value in sums.items()}


    def fit(
        x, t, *, epochs, batch_size=32, shuffle=True, validation=None, weights=None, patience=None, restore_best=False,
        until=None, batches=None, rate=None, clipnorm=None, global_clipnorm=None, clipvalue=None, weight_decay=0.0,
    ):
        \"\"\"Trains the model as Keras's fit does; the figures of each epoch.\"\"\"
        best, waited, kept, done = float("inf"), 0, None, 0
        total, fit.first = fit.updates, len(fit.epochs)
        for epoch in range(epochs):
            order, sums = torch.randperm(len(x)) if shuffle else torch.arange(len(x)), {}
            seen = 0
            for rows in order.split(batch_size):
                model.train()
                for group in optimizer.param_groups:
                    group["lr"] = float(rate(done, total + done)) if rate else optimizer.defaults["lr"]
                loss, y = losses(x[rows], t[rows])
                if weights is not None:
                    loss = loss * weights[rows]
                loss = loss + penalty()
                optimizer.zero_grad()
                loss.mean().backward()
                change(clipnorm, global_clipnorm, clipvalue, weight_decay)
                optimizer.step()
                done, seen = done + 1, seen + len(rows)
                for name, values in {"loss": loss, **metrics(y, t[rows])}.items():
                    sums[name] = sums.get(name, 0.0) + float(values.detach().double().sum())
                if done == batches:
                    break
            figures = {name: value / seen for name, value in sums.items()}
            if validation is not None and done != batches:
                figures.update({f"val_{name}": value for name, value in evaluate(*validation).items()})
            fit.epochs.append(figures)
            print(epoch + 1, figures)
            if validation is not None and "val_loss" not in figures:
                break  # it stops inside this epoch, which is not held against the others
            monitored = figures.get("val_loss", figures["loss"])
            if monitored < best:
                best, waited = monitored, 0
                kept = {name: value.clone() for name, value in model.state_dict().items()} if restore_best else None
            else:
                waited += 1
            if done == batches or (until and until(figures)) or (patience and waited >= patience and epoch > 0):
                break
        fit.updates = total + done
        if kept is not None:
            model.load_state_dict(kept)
        return fit.epochs[fit.first:]


    def change(clipnorm, global_clipnorm, clipvalue, weight_decay):
        \"\"\"Clips the gradients, then lets the weights decay, before the optimizer's own step.\"\"\"
        parameters = [p for p in model.parameters() if p.grad is not None]
        if clipnorm is not None:
            for p in parameters:
                nn.utils.clip_grad_norm_([p], clipnorm)
        if global_clipnorm is not None:
            nn.utils.clip_grad_norm_(parameters, global_clipnorm)
        if clipvalue is not None:
            nn.utils.clip_grad_value_(parameters, clipvalue)
        with torch.no_grad():
            for p in parameters:
                p.mul_(1 - optimizer.param_groups[0]["lr"] * weight_decay)
    """
}
