"""The synonyms that a portal starts with: abbreviations that mean one thing in every convention.

A migration, and no step of `install_portal`, which makes at each start what is missing: a group that an editor has
removed must not come back. Abbreviations that mean two things are left out (CSP: centre de services partagés, code de
la santé publique).
"""

from typing import Any

from django.db import migrations

GROUPES = [
    # The money.
    ["AE", "autorisations d'engagement"],
    ["CP", "crédits de paiement"],
    ["BOP", "budget opérationnel de programme"],
    ["UO", "unité opérationnelle"],
    ["RPROG", "responsable de programme"],
    ["RBOP", "responsable de budget opérationnel de programme", "responsable de BOP"],
    ["RUO", "responsable d'unité opérationnelle", "responsable d'UO"],
    ["ETPT", "équivalent temps plein travaillé"],
    ["LOLF", "loi organique relative aux lois de finances"],
    ["CBCM", "contrôleur budgétaire et comptable ministériel"],
    ["CPCM", "centre de prestations comptables mutualisées"],
    ["FTAP", "fonds pour la transformation de l'action publique"],
    # Where acts are published.
    ["JORF", "Journal officiel de la République française"],
    ["RAA", "recueil des actes administratifs"],
    # The services.
    ["SG", "secrétariat général"],
    ["MENJ", "MEN", "éducation nationale"],
    ["MEAE", "ministère de l'Europe et des affaires étrangères"],
    ["AIFE", "agence pour l'informatique financière de l'État"],
    ["CGDD", "commissariat général au développement durable"],
    ["CISIRH", "centre interministériel de services informatiques relatifs aux ressources humaines"],
    ["DDFiP", "direction départementale des finances publiques"],
    ["DDTM", "direction départementale des territoires et de la mer"],
    ["DGAC", "direction générale de l'aviation civile"],
    ["DGAL", "direction générale de l'alimentation"],
    ["DGCS", "direction générale de la cohésion sociale"],
    ["DGDDI", "direction générale des douanes et droits indirects"],
    ["DGESCO", "direction générale de l'enseignement scolaire"],
    ["DGESIP", "direction générale de l'enseignement supérieur et de l'insertion professionnelle"],
    ["DGFiP", "direction générale des finances publiques"],
    ["DGGN", "direction générale de la gendarmerie nationale"],
    ["DGITM", "direction générale des infrastructures, des transports et des mobilités"],
    ["DGPN", "direction générale de la police nationale"],
    ["DGPR", "direction générale de la prévention des risques"],
    ["DGSCGC", "direction générale de la sécurité civile et de la gestion des crises"],
    ["DINUM", "direction interministérielle du numérique"],
    ["DITP", "direction interministérielle de la transformation publique"],
    ["DNE", "direction du numérique pour l'éducation"],
    ["DRAC", "direction régionale des affaires culturelles"],
    ["DREAL", "direction régionale de l'environnement, de l'aménagement et du logement"],
    ["DRFiP", "direction régionale des finances publiques"],
    ["MILDECA", "mission interministérielle de lutte contre les drogues et les conduites addictives"],
    ["SGAMI", "secrétariat général pour l'administration du ministère de l'intérieur"],
]


def add_synonyms(apps: Any, schema_editor: Any) -> None:
    synonyme = apps.get_model("search", "Synonyme")
    synonyme.objects.bulk_create(synonyme(termes="\n".join(groupe)) for groupe in GROUPES)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(add_synonyms, migrations.RunPython.noop)]
