"""The texts of an act, as blocks that an editor can add, move and correct."""

from wagtail import blocks

from portal.domain.convention import TypeArticle
from portal.domain.libelles import choices


class ArticleBlock(blocks.StructBlock):
    numero = blocks.CharBlock(label="Numéro", help_text="Tel qu'il est imprimé, sans le mot « article ».")
    intitule = blocks.CharBlock(label="Intitulé", required=False)
    type = blocks.ChoiceBlock(label="Sujet", choices=choices(TypeArticle), default=TypeArticle.AUTRE.value)
    corps = blocks.TextBlock(label="Texte", rows=8)

    class Meta:
        icon = "doc-full"
        label = "Article"
        label_format = "Article {numero} : {intitule}"


class AnnexeBlock(blocks.StructBlock):
    intitule = blocks.CharBlock(label="Intitulé")
    corps = blocks.TextBlock(label="Texte", required=False, rows=8)

    class Meta:
        icon = "doc-full-inverse"
        label = "Annexe"
        label_format = "{intitule}"


class VisaBlock(blocks.TextBlock):
    class Meta:
        icon = "openquote"
        label = "Visa"
