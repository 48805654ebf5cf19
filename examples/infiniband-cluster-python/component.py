"""Components of the package, by type. An SDK that Pulumi generates has a class for each instead."""

from collections.abc import Sequence
from typing import Any

import pulumi


class Component(pulumi.ComponentResource):
    """One component. Its outputs are attributes, under the names that they have in the package."""

    def __init__(
        self,
        kind: str,
        name: str,
        inputs: dict[str, Any],
        outputs: Sequence[str] = (),
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        # An output is asked for by its name; one that is an input, too, has that value until it is made.
        asked = {**dict.fromkeys(outputs), **inputs}
        super().__init__(f"azure-gpu-cluster:{kind}", name, asked, opts, remote=True)
