"""Names of régions and départements, to tell a collectivité from a service that has the same word in its name.

« Département de l'Aude » is a collectivité, « département des achats » a bureau. Names are folded
(`portal.domain.fold`) and are those in force on 1 January 2024.
"""

REGIONS = (
    "auvergne-rhone-alpes", "bourgogne-franche-comte", "bretagne", "centre-val de loire", "corse", "grand est",
    "guadeloupe", "guyane", "hauts-de-france", "ile-de-france", "la reunion", "martinique", "mayotte", "normandie",
    "nouvelle-aquitaine", "occitanie", "pays de la loire", "provence-alpes-cote d'azur", "reunion", "sud",
)  # fmt: skip

DEPARTEMENTS = (
    "ain", "aisne", "allier", "alpes-de-haute-provence", "hautes-alpes", "alpes-maritimes", "ardeche", "ardennes",
    "ariege", "aube", "aude", "aveyron", "bouches-du-rhone", "calvados", "cantal", "charente", "charente-maritime",
    "cher", "correze", "corse-du-sud", "haute-corse", "cote-d'or", "cotes-d'armor", "creuse", "dordogne", "doubs",
    "drome", "eure", "eure-et-loir", "finistere", "gard", "haute-garonne", "gers", "gironde", "herault",
    "ille-et-vilaine", "indre", "indre-et-loire", "isere", "jura", "landes", "loir-et-cher", "loire", "haute-loire",
    "loire-atlantique", "loiret", "lot", "lot-et-garonne", "lozere", "maine-et-loire", "manche", "marne",
    "haute-marne", "mayenne", "meurthe-et-moselle", "meuse", "morbihan", "moselle", "nievre", "nord", "oise", "orne",
    "pas-de-calais", "puy-de-dome", "pyrenees-atlantiques", "hautes-pyrenees", "pyrenees-orientales", "bas-rhin",
    "haut-rhin", "rhone", "haute-saone", "saone-et-loire", "sarthe", "savoie", "haute-savoie", "paris",
    "seine-maritime", "seine-et-marne", "yvelines", "deux-sevres", "somme", "tarn", "tarn-et-garonne", "var",
    "vaucluse", "vendee", "vienne", "haute-vienne", "vosges", "yonne", "territoire de belfort", "essonne",
    "hauts-de-seine", "seine-saint-denis", "val-de-marne", "val-d'oise", "guadeloupe", "martinique", "guyane",
    "la reunion", "reunion", "mayotte",
)  # fmt: skip
