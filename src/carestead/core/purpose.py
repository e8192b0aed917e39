"""What a record is used for."""

from enum import StrEnum


class Purpose(StrEnum):
    """The purposes of the national rules. Counts that name nobody are not a use of confidential patient information
    (National data opt-out operational policy guidance, NHS England): no opt-out bears on them.

    For direct care everybody may be used: finding who needs care, by those who give it, is care. Fitting a model, an
    export and an analyst's list of people are planning or research, and leave out the people of table `opt_out`.
    """

    DIRECT_CARE = "direct-care"
    PLANNING = "planning"
    RESEARCH = "research"
