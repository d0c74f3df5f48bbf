"""What can be wrong with a file of events."""

from __future__ import annotations

from desireline.engine.errors import DesirelineError


class FileMissing(DesirelineError):
    """There is no such file, or it is a folder."""


class FileTypeUnknown(DesirelineError):
    """The name of a file does not tell how to read or write it."""


class FileEmpty(DesirelineError):
    """A file holds nothing, or a header and no rows."""


class FileBroken(DesirelineError):
    """A file is cut off, or damaged; the sentence says where."""


class FileTooLarge(DesirelineError):
    """A file would take more memory than there is."""


class EncodingWrong(DesirelineError):
    """The bytes of a text file are not in the encoding it is read with."""


class DelimiterUnusable(DesirelineError):
    """A CSV file does not fall into columns with the delimiter told, or with any that is usual."""


class ColumnsRepeated(DesirelineError):
    """Two columns bear the same name."""


class ColumnMissing(DesirelineError):
    """No column has the name told, or none of the names usual for what is needed."""


class ColumnAmbiguous(DesirelineError):
    """Several columns could be meant, and none better than the others."""


class TimesAmbiguous(DesirelineError):
    """It cannot be told whether the day or the month comes first."""


class TimesUnreadable(DesirelineError):
    """No row of a column can be read as a time."""


class TimeFormatUnreadable(DesirelineError):
    """What was told as the format of the times is none."""


class ValuesTooMany(DesirelineError):
    """A column has more distinct values than its role allows."""


class ValuesUnfit(DesirelineError):
    """A column holds what its role does not allow."""


class NumbersUnreadable(DesirelineError):
    """A column that was named as a number holds none."""


class RowsAllSetAside(DesirelineError):
    """Not one row could be read."""


class ChoiceUnfit(DesirelineError):
    """What was said of a file has no meaning for its form."""


class TypesAllLeftOut(DesirelineError):
    """The mapping leaves out every event of a file."""


class ChoiceMissing(DesirelineError):
    """A file can be read in several ways, and only its owner knows which is meant."""
