from django.db import models


class Original(models.Model):
    """The bytes of a signed file, kept once by their SHA-256, private until a page publishes them."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    nom = models.CharField("nom du fichier", max_length=255)
    taille = models.PositiveBigIntegerField("taille, en octets")

    class Meta:
        verbose_name = "document signé"
        verbose_name_plural = "documents signés"

    def __str__(self) -> str:
        return self.nom
