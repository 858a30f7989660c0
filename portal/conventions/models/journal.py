from django.db import models


class Tete(models.Model):
    """The single row whose lock orders the journal: its `seq` is the last one given."""

    seq = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.seq)


class Changement(models.Model):
    """One change of what the public sees. Rows are only ever added.

    `uid` is the convention's (or avenant's) permanent identifier, `empreinte` the SHA-256 of what is
    public after the change (empty once withdrawn), `motif` the public reason of a withdrawal.
    """

    class Nature(models.TextChoices):
        PUBLICATION = "publication", "publication"
        MODIFICATION = "modification", "modification"
        RETRAIT = "retrait", "retrait"
        RETABLISSEMENT = "retablissement", "rétablissement"
        SUPPRESSION = "suppression", "suppression"

    seq = models.PositiveBigIntegerField(primary_key=True)
    uid = models.CharField(max_length=12, db_index=True)
    nature = models.CharField(max_length=20, choices=Nature.choices)
    moment = models.DateTimeField()
    empreinte = models.CharField(max_length=64, blank=True)
    motif = models.TextField(blank=True)

    class Meta:
        verbose_name = "changement"
        ordering = ["seq"]

    def __str__(self) -> str:
        return f"{self.seq} {self.nature} {self.uid}"
