"""run as a test to write the examples"""
import json
from tests.publications.test_dossiers_des_canaux import *
def test_write(seed):
    for nom in PAR_COURRIEL:
        d=CANAUX[nom].prepare(seed, COPISTE if nom=='copie' else '')
        (DOSSIERS/nom).mkdir(exist_ok=True)
        o={**({"destinataire":COPISTE} if nom=='copie' else {}), **describe(d)}
        (DOSSIERS/nom/f'convention_menj_dinum_2024{RESULT}').write_text(json.dumps(o,ensure_ascii=False,indent=1)+'\n')
