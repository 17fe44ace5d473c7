"""Our terms, closed: a misspelt one fails at once, and a test holds them equal to ``ontology/terms``."""

from __future__ import annotations

ONT = "https://w3id.org/cdpgraph/ont#"
SCHEME = "https://w3id.org/cdpgraph/scheme/"
ID = "https://w3id.org/cdpgraph/id/"
GRAPH = "https://w3id.org/cdpgraph/graph/"
XSD = "http://www.w3.org/2001/XMLSchema#"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
ENGLAND = ID + "area/E92000001"

PREFIXES = {
    "cdp": ONT,
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "id": ID,
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": RDFS,
    "scheme": SCHEME,
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": XSD,
}

TERMS = frozenset(
    """
    Abolition AbsenceAssertion Addition Agreement Area AreaPart Assertion Assignment Board Change Commitment
    CorporationSole DataFlow Document Duty Ending Expectation Footprint FundingStream Grant Handover Holding
    InformationFlow Matter Membership Metric Milestone Observation OfficeHolder Organisation Outcome Party Passage
    Pathway Place Placeholder Plan Post Priority Reading ReportingLine Responsibility Scenario Service Situation
    Slot Stage Strategy Succession Termination Transfer abolishes absenceReason absentBy adds agreementKind amount
    approves area areaKind areaLevel asserts atHandover atPlace atom capacity chairs changeKind citesPassage
    clockStarts clockStops cohort commissions concerns contributesPartTo contributesTo coordinates covers coversArea
    currency datePrecision delegatedFrom delivers deniedBy derivedFrom discloser documentKind drives dueDate
    effectiveDate evidenceFrom exactness expectedKind extent extentRead forArea forEach fromParty fromStage
    fromStream funds fundsMatter grantor heldBy holder holds inDocument inScenario informationKind inheritedFrom
    involvement isAccountableFor isConsultedOn isInformedOf isResponsibleFor lapsedFrom latitude legalBasis level
    lifecycle lineKind locator longitude matter maximum measuredBy minimum observes ofExpectation ofRole onBoard
    order partArea partAtom partOf partly party partyKind post predecessor proposedBy providerOf publishedBy
    qualifiedBy quote raciLetter readIn receiver receiverStated receives recipient reporter reportsTo
    requiresInformation resolvesTo reviewBy reviewMonths rollsUpTo scrutinises seatIn sector senderStated sends
    servesCohort setting share shortcut sitsOn speaker stance standing state strength successor supportedBy supports
    terminates timeStandard toParty toStage unclear unit validFrom validUntil value weight wholeArea within
    withinDays
    """.split()
)


def cdp(name: str) -> str:
    """Return the address of one of our terms. Raises KeyError for one that does not exist.

    >>> cdp("Party")
    'https://w3id.org/cdpgraph/ont#Party'
    """
    if name not in TERMS:
        raise KeyError(f"no term cdp:{name}")
    return ONT + name


def concept(scheme: str, name: str) -> str:
    """Return the address of a concept.

    >>> concept("state", "held")
    'https://w3id.org/cdpgraph/scheme/state/held'
    """
    return f"{SCHEME}{scheme}/{name}"


def local(iri: str | None) -> str:
    """Return the last word of an address, or nothing.

    >>> local("https://w3id.org/cdpgraph/scheme/state/held")
    'held'
    """
    return "" if iri is None else iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]
