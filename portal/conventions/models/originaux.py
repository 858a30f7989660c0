from pathlib import PurePath

from django.db import models


class Original(models.Model):
    """A signed file, kept once by the SHA-256 of its bytes, which stay private.

    `copie` is the SHA-256 of its public copy, without the metadata, kept in the same storage; "" where there is none.
    """

    sha256 = models.CharField(max_length=64, primary_key=True)
    nom = models.CharField("nom du fichier", max_length=255)
    taille = models.PositiveBigIntegerField("taille, en octets")
    copie = models.CharField("empreinte de la copie publique", max_length=64, blank=True, editable=False)
    copie_taille = models.PositiveBigIntegerField("taille de la copie publique, en octets", default=0, editable=False)

    class Meta:
        verbose_name = "document signé"
        verbose_name_plural = "documents signés"

    @property
    def publique(self) -> tuple[str, int] | None:
        """The SHA-256 and the size of what the public may have of it; None where it may have nothing.

        A plain text holds nothing but what is read, and needs no copy.
        """
        if self.copie:
            return self.copie, self.copie_taille
        return (self.sha256, self.taille) if PurePath(self.nom).suffix.lower() == ".txt" else None

    def __str__(self) -> str:
        return self.nom
