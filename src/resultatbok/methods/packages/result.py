"""The packages that were found, and giving them to new participants."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pandas as pd

from resultatbok.methods.packages.latent_classes import LatentClasses
from resultatbok.methods.packages.patterns import Array, canonical_points, check_measures

REST = "rest"


@dataclass(frozen=True)
class Packages:
    """Packages of measures.

    Attributes:
        labels: The package of each participant: `package_1` (the largest), `package_2`, ..., `rest`.
        profiles: Share of each package's participants who had each measure: one row per package (and
            `rest`, if anyone is in it), one column per measure.
        sizes: Participants in each package.
        stability: Bootstrap Jaccard similarity of each package; of the rest, the mean over its clusters by
            size.
        clusters: One row per cluster before the rest rule: `label`, `size`, `stability`, `largest_share`
            (of any measure), `reason` (why it is rest: `unstable`, `no_clear_profile`, or empty).
        choice: Criteria by number of clusters, and which was chosen (empty if the number was given).
        agreement: Adjusted Rand index between Ward's clusters moved by k-means alone and the final ones.
        linkage: Ward's tree (scipy's linkage matrix) over the participants in `linkage_index`.
        linkage_index: The participants who are the leaves of the tree, in its order.
    """

    labels: pd.Series
    profiles: pd.DataFrame
    sizes: pd.Series
    stability: pd.Series
    clusters: pd.DataFrame
    choice: pd.DataFrame
    agreement: float
    linkage: Array = field(repr=False)
    linkage_index: pd.Index = field(repr=False)
    classes: LatentClasses = field(repr=False)

    @property
    def names(self) -> list[str]:
        """The labels of the packages without the rest, largest first."""
        return [name for name in self.profiles.index if name != REST]

    def renamed(self, names: Mapping[str, str]) -> Packages:
        """The same packages under other names; one that is not among the keys keeps its own."""

        def new(values: pd.Series) -> pd.Series:
            return values.map(lambda name: names.get(name, name)).astype("str")

        return replace(
            self,
            labels=new(self.labels),
            profiles=self.profiles.rename(index=names),
            sizes=self.sizes.rename(index=names),
            stability=self.stability.rename(index=names),
            clusters=self.clusters.assign(label=new(self.clusters["label"]).astype(object)),
        )

    def applied(self, measures: pd.DataFrame) -> Packages:
        """The same packages for other participants: who has which, and how many had each measure.

        Stability, the number of clusters and the tree are those of the participants the packages were found with. A
        package that nobody has is left out.

        Raises:
            ModelError: A measure is absent, or a value is not 0 or 1.
        """
        labels = self.assign(measures)
        profiles = measures[self.profiles.columns].astype(float).groupby(labels.to_numpy()).mean()
        names = [name for name in self.profiles.index if name in profiles.index]
        return replace(
            self,
            labels=labels,
            profiles=profiles.reindex(names).rename_axis("package"),
            sizes=labels.value_counts().reindex(names).rename_axis("package").rename("size"),
            stability=self.stability.reindex(names),
        )

    def membership(self, measures: pd.DataFrame) -> pd.DataFrame:
        """Probability of each package for each participant.

        Args:
            measures: 0/1 columns, at least those the packages were found with; others are left out.

        Returns:
            One row per participant, one column per package (and `rest`, if there is one); rows add to 1.

        Raises:
            ModelError: A measure is absent, or a value is not 0 or 1.
        """
        by_cluster, owner = self._by_cluster(measures), self.clusters["label"].to_numpy()
        columns = {name: by_cluster[:, owner == name].sum(axis=1) for name in self.profiles.index}
        return pd.DataFrame(columns, index=measures.index)

    def assign(self, measures: pd.DataFrame) -> pd.Series:
        """The package of each new participant: the one under which the measures are most probable.

        For the participants the packages were found with it gives `labels` again.

        Raises:
            ModelError: A measure is absent, or a value is not 0 or 1.
        """
        labels = self.clusters["label"].to_numpy()[self._by_cluster(measures).argmax(axis=1)]
        return pd.Series(labels, index=measures.index, name="package", dtype="str")

    def _by_cluster(self, measures: pd.DataFrame) -> Array:
        checked = check_measures(measures, list(self.profiles.columns))
        return self.classes.membership(canonical_points(checked))
