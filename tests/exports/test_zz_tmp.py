import pytest
from pathlib import Path
from django.test import Client
from django.urls import reverse
from firms.models import *
from tests.releases.country import made, peopled
from surveys.models import Campaign, Target
from django.utils import timezone
from reports.bluebook.paper import set_book
from reports.builders.release.book import blue_book
from reports.dashboard.assembly import material_of
pytestmark=pytest.mark.django_db
def test_x():
    import time
    w=peopled(firms=1500,campaign_share=1.0)
    r=made(w.association, campaign=w.campaign)
    for l in ("zh-hans","en"):
        from django.utils import translation
        with translation.override(l):
            t=time.time(); b=blue_book(material_of(r,l)); t1=time.time(); pdf=set_book([(l,b)]); print(l,t1-t,time.time()-t1,len(pdf))
            Path(f"/tmp/bb-{l}.pdf").write_bytes(pdf)
    p=Person.objects.create_user("s@e.org","x-long-enough",name="S")
    OrganisationMember.objects.create(organisation=w.association,person=p,role=OrganisationMember.Role.MANAGER)
    Campaign.objects.update(asks_microdata=True); Target.objects.filter(assessment__isnull=False).update(microdata_agreed_at=timezone.now())
    c=Client(); c.force_login(p)
    for l in ("zh-hans","en"):
        c.cookies["django_language"]=l
        for n,u in (("rel",reverse("release-exports",args=[r.pk])),("ans",reverse("campaign-answers",args=[Campaign.objects.get().pk]))):
            h=c.get(u).content.decode(); Path(f"/tmp/pg-{n}-{l}.html").write_text(h.replace('="/static/','="/work/main/static/'))
    from reports.exports.selectors import release_export
    from reports.exports.writing import write_table, codebook_csv
    t=release_export(r,"zh-hans"); print(len(t.frame))
    for f in ("csv","xlsx","sav","parquet"):
        s=time.time(); Path(f"/tmp/x.{f}").write_bytes(write_table(t,f)); print(f,time.time()-s)
    Path("/tmp/x-codebook.csv").write_bytes(codebook_csv(t))
