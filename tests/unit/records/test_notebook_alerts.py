import pytest

from houston.errors import InvalidFields, NotFound
from tests.store.agency import EVERYTHING
from tests.unit.records.conftest import Records


@pytest.mark.parametrize(
    ("status", "severity"), [("success", "info"), ("warning", "warning"), ("failure", "critical")]
)
async def test_a_notebooks_message_is_told_by_its_status(
    records: Records, status: str, severity: str
) -> None:
    reported = await records.notebook_alerts.report(
        EVERYTHING, notebook="Data Processing", status=status, message="1,200 rows", url="https://n.example/1"
    )
    [event] = await records.told()
    assert (event.type, event.phase, event.severity) == ("notebook_alert", "", severity)
    assert (event.subject, event.episode_id) == ("Data Processing", None)
    assert event.payload == {
        "notebook": "Data Processing",
        "status": status,
        "message": "1,200 rows",
        "url": "https://n.example/1",
    }
    assert reported.event_id == event.id


async def test_the_same_message_again_is_told_again(records: Records) -> None:
    for _ in range(2):
        await records.notebook_alerts.report(EVERYTHING, notebook="n", status="failure", message="m")
    assert len(await records.told()) == 2


async def test_a_client_tells_its_own_only(records: Records) -> None:
    agency, report = records.agency, records.notebook_alerts.report
    await report(agency.acme_only, notebook="n", status="success", message="m")
    [event] = await records.told()
    assert event.client_id == agency.acme
    with pytest.raises(NotFound):
        await report(agency.acme_only, notebook="n", status="success", message="m", client_id=agency.globex)


async def test_a_bad_report_names_each_field(records: Records) -> None:
    with pytest.raises(InvalidFields) as refused:
        await records.notebook_alerts.report(
            EVERYTHING, notebook="", status="broken", message=" ", url="ftp://x"
        )
    assert refused.value.errors.keys() == {"notebook", "status", "message", "url"}
