"""Faces in photos and videos, found and covered by stand-ins: children's pictures above all.

A stand-in is a drawn face in the place, the size, the turn and the lightness of skin of the one
that it covers, painted by the cartoon generator; nothing else of the person enters it. The passcode
is that of Gu et al. 2020 (Password-conditioned anonymization and deanonymization with face identity
transformers): the same one gives the same stand-ins, the right one gives the faces back, and a
wrong one gives other stand-ins. No face is ever swapped for that of another person.

A face that is not found is not covered: docs/privacy.md says how often, and what else remains.
"""
