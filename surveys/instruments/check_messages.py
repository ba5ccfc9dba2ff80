"""Every sentence the checks say, each with what is wrong and how to mend it.

They are English templates; the commands and pages translate a template first and fill it in afterwards.
"""


def gettext_noop(message: str) -> str:
    """Marks a message for the translators' catalogue without translating it here."""
    return message


# --- The file as text ---------------------------------------------------------------------------------------------

NOT_UTF8 = gettext_noop("The text is not UTF-8. Save the file as UTF-8.")
TOO_LARGE = gettext_noop(
    "The file has %(size)s characters, more than the %(limit)s that are read. Split or shorten it."
)
TOO_DEEP = gettext_noop("Lists and mappings are nested more than %(limit)s deep. Write it flatter.")
TOO_MANY_PARTS = gettext_noop("The file has more than %(limit)s entries. Split or shorten it.")
NO_ALIAS = gettext_noop("Anchors (&) and aliases (*) are not read. Write the part out where it is needed.")
NO_TAG = gettext_noop("The tag %(tag)s is not read. Leave tags (!) out.")
BAD_CHARACTER = gettext_noop("The character %(character)s may not stand in a text file. Remove it.")
BAD_YAML = gettext_noop("This cannot be read as YAML: %(problem)s. Mend the line, or quote the text.")
BAD_VALUE = gettext_noop("This value cannot be read: %(problem)s. Write it in quotes if it is a text.")
BARE_DATE = gettext_noop("“%(value)s” would be read as a date. Write it in quotes.")
DUPLICATE_KEY = gettext_noop("“%(key)s” stands twice in one mapping. Keep one of them.")
NAME_IS_NO_WORD = gettext_noop(
    "Before the colon stands a list or mapping; a field's name is a word. Look for a bracket or a comma too many."
)
NOT_A_MAPPING = gettext_noop("The file must be a mapping that begins with “format: 1”. See docs/instruments.md.")

# --- The shape of a part ------------------------------------------------------------------------------------------

MISSING = gettext_noop("“%(field)s” is missing. Add it.")
NO_VALUE = gettext_noop("“%(field)s” has no value. Give it one, or leave the field out.")
UNKNOWN_KEY = gettext_noop("“%(key)s” is not a field here. Remove it; the fields are: %(known)s.")
UNKNOWN_KEY_NEAR = gettext_noop("“%(key)s” is not a field here. Did you mean “%(near)s”?")
NEEDS_MAPPING = gettext_noop("Here a mapping (fields with values) is expected. Write “field: value” lines.")
NEEDS_LIST = gettext_noop("Here a list with at least one entry is expected. Begin each entry with a dash.")
NEEDS_ENTRIES = gettext_noop("Here a mapping with at least one entry is expected. Add one, or leave the field out.")
NEEDS_WORD = gettext_noop("Here a text is expected. Write it in quotes.")
NEEDS_NUMBER = gettext_noop("Here a number from %(low)s to %(high)s is expected. Write digits, without quotes.")
NEEDS_WHOLE = gettext_noop("Here a whole number from %(low)s to %(high)s is expected. Write digits, without quotes.")
NEEDS_FLAG = gettext_noop("Here true or false is expected, without quotes.")
NEEDS_ONE_OF = gettext_noop("“%(value)s” is not possible here. Write one of: %(known)s.")
NEEDS_ONE_OF_NEAR = gettext_noop("“%(value)s” is not possible here. Did you mean “%(near)s”?")
WRONG_FORM = gettext_noop("“%(value)s” has not the right form. Write %(form)s, at most %(longest)s characters.")
NEEDS_TEXT = gettext_noop("Here a text in both languages is expected. Write {zh-hans: …, en: …}.")
NO_TRANSLATION = gettext_noop("The text has no translation into %(language)s. Add “%(key)s: …”.")
TEXT_TOO_LONG = gettext_noop(
    "The text in %(language)s has %(length)s characters, the room is for %(limit)s. Shorten it."
)
CONTROL_CHARACTER = gettext_noop("The text holds an invisible control character. Type the text anew.")
NEEDS_OPTION_VALUE = gettext_noop('Here a whole number or a quoted word is expected, such as 3 or "yes".')
OPTION_VALUE_FORM = gettext_noop(
    "“%(value)s” cannot be an option's value. Use letters, digits, dashes and underscores, at most 40 of them."
)
RESERVED_VALUE = gettext_noop("“%(value)s” already means that there is no answer. Choose another value.")
NEEDS_PREDICATE = gettext_noop(
    "This is not a predicate. Write {item: CODE, at_least | at_most | is | includes: value}, "
    "{node: ID, at_least | below: points}, {any: […]}, {all: […]} or {not: {…}}."
)
NEEDS_ANCHORS = gettext_noop("Here two or more pairs are expected. Write [[answer, points], [answer, points]].")
NEEDS_CHILDREN = gettext_noop("Here “items”, “dimensions” or a list of names is expected.")

# --- Names --------------------------------------------------------------------------------------------------------

REPEATED = gettext_noop("“%(name)s” is already used at %(first)s. Give this one another name.")
ITEM_OUTSIDE_DIMENSION = gettext_noop("The code must begin with that of its dimension. Write %(dimension)s-%(number)s.")
NODE_IS_ITEM = gettext_noop("A node may not be called like an item. Give the node another id.")
DIMENSION_WITHOUT_NODE = gettext_noop(
    "Dimension %(dimension)s is not scored. Add the node {id: %(dimension)s, rule: wmean, of: items}."
)
NO_INDEX = gettext_noop("There is no node called index. Add {id: index, rule: wmean, of: dimensions}.")
UNKNOWN_ITEM = gettext_noop("There is no item %(name)s. Name an item of this file.")
UNKNOWN_ITEM_NEAR = gettext_noop("There is no item %(name)s. Did you mean %(near)s?")
UNKNOWN_NODE = gettext_noop("There is no node %(name)s. Name a node of this file.")
UNKNOWN_NODE_NEAR = gettext_noop("There is no node %(name)s. Did you mean %(near)s?")
UNKNOWN_NAME = gettext_noop("There is no item or node %(name)s. Name one of this file.")
UNKNOWN_NAME_NEAR = gettext_noop("There is no item or node %(name)s. Did you mean %(near)s?")
UNKNOWN_LEVEL = gettext_noop("There is no maturity level %(name)s. Write one of: %(known)s.")
NODE_TOO_LATE = gettext_noop("Node %(name)s stands further down. Move it above this node.")
NODE_ITSELF = gettext_noop("A node cannot be made of itself. Name other nodes or items.")
CHILD_TWICE = gettext_noop("%(name)s is named twice. Name it once, with a weight.")
NOT_A_CHILD = gettext_noop("%(name)s is not among what the node combines. Remove it here or add it to “of”.")
NOT_A_DIMENSION = gettext_noop("“of: items” works only in a node called like a dimension. List the items instead.")

# --- Branching ----------------------------------------------------------------------------------------------------

CIRCULAR = gettext_noop("The branching runs in a circle: %(circle)s. Remove one of these conditions.")
ASKED_LATER = gettext_noop("%(name)s is asked only after this item. Refer to earlier items, or move it up.")
BRANCH_ON_NODE = gettext_noop("Branching may not depend on a score. Refer to an item instead.")
NEVER_ASKED = gettext_noop("The condition can never hold, so the item is never asked. Mend the condition.")
ALWAYS_ASKED = gettext_noop("The condition holds whatever is answered. Remove it.")

# --- Items --------------------------------------------------------------------------------------------------------

LEVEL_OPTIONS = gettext_noop("A level item has exactly five options with the values 1 to 5, in this order.")
YESNO_OPTIONS = gettext_noop('A yes/no item has exactly the options "yes" and "no", in quotes.')
NEEDS_OPTIONS = gettext_noop("An item of this kind needs “options”. Add at least two.")
TOO_MANY_OPTIONS = gettext_noop("There are %(count)s options, more than %(limit)s. Split the item.")
NO_OPTIONS = gettext_noop("A %(kind)s item takes no options. Remove them or change the kind.")
OPTIONS_FALL = gettext_noop("The values do not rise. In a choice the lowest option comes first.")
MIXED_OPTIONS = gettext_noop("The values mix numbers and words. Use the one or the other.")
NO_RANGE = gettext_noop("Only a number item takes a range. Remove it or change the kind.")
RANGE_FALLS = gettext_noop("The range ends below its beginning. Write the smaller number under min.")
ADVICE_NOT_AN_ANSWER = gettext_noop("“%(value)s” is no answer to this item. Advice goes to: %(known)s.")
ADVICE_LOWEST = gettext_noop("“%(value)s” is the lowest answer, to which nobody rises. Remove this advice.")

# --- Predicates ---------------------------------------------------------------------------------------------------

OPERATOR_UNFIT = gettext_noop("“%(operator)s” does not work on a %(kind)s item. Use: %(known)s.")
OPERATOR_NEEDS_NUMBERS = gettext_noop(
    "“%(operator)s” needs options whose values are numbers. Use “is”, or give the options numbers."
)
VALUE_NOT_AN_ANSWER = gettext_noop("“%(value)s” is no answer to %(item)s. Write one of: %(known)s.")
VALUE_OUT_OF_RANGE = gettext_noop("%(value)s lies outside the range of %(item)s, %(low)s to %(high)s. Change it.")
NEVER_HOLDS = gettext_noop("This can never hold, whatever is answered. Mend or remove it.")
ALWAYS_HOLDS = gettext_noop("This holds whatever is answered. Mend or remove it.")

# --- Scoring ------------------------------------------------------------------------------------------------------

RULE_UNFIT = gettext_noop("The rule “%(rule)s” does not fit a %(kind)s item. Use: %(known)s.")
TABLE_LACKS = gettext_noop("The table gives no points for %(values)s of %(item)s. Add them.")
TABLE_UNKNOWN = gettext_noop("“%(value)s” is no option of %(item)s. Remove it or mend the value.")
POINTS_OVER_100 = gettext_noop("The points of all options add up to %(total)s, more than 100. Lower them.")
ANCHORS_FALL = gettext_noop("The first number of each pair must be larger than in the pair before. Put them in order.")
ANCHOR_POINTS_FALL = gettext_noop("The points fall from one pair to the next. Ask in such a way that more is better.")
ANCHOR_POINTS_OUTSIDE = gettext_noop("Points run from 0 to 100. Change %(value)s.")
ANCHOR_OUTSIDE = gettext_noop("%(value)s lies outside the answers, %(low)s to %(high)s. Change it.")
BAND_ENDS = gettext_noop("The band ends below its beginning. Write the smaller number under “from”.")
BANDS_FALL = gettext_noop("The bands overlap or fall. Each begins above the end of the one before.")
BAND_OFF_STEP = gettext_noop("%(value)s is not a multiple of the step %(step)s. Change it.")
WEIGHTS_ZERO = gettext_noop("All weights are 0, so no mean can be formed. Give at least one a weight above 0.")
POINTS_ZERO = gettext_noop("All points are 0, so nothing can be scored. Give at least one child points.")
MIN_RATED_TOO_HIGH = gettext_noop("The node has only %(count)s children, fewer than min_rated. Lower it.")
PASS_AT_ZERO = gettext_noop("With pass_at 0 every child passes. Write a share above 0, such as 0.8.")
NOTHING_SCORED = gettext_noop("None of the children can have a score. Give their items a rule, or name others.")
SCORE_OUTSIDE = gettext_noop("The node can reach %(high)s. Dimensions and the index run from 0 to 100: rescale it.")
STAIRS_FALL = gettext_noop("The levels do not rise. Begin with the lowest, each number once.")
STAIR_VALUES_FALL = gettext_noop("The values do not rise with the levels. Put them in order.")

# --- Levels and gates ---------------------------------------------------------------------------------------------

FIRST_LEVEL_START = gettext_noop("The first level must begin at 0. Write “from: 0”.")
LEVELS_FALL = gettext_noop("Each level must begin above the one before. Put the levels in order.")
LEVEL_UNREACHABLE = gettext_noop(
    "Level %(level)s can never be reached: %(node)s runs from %(low)s to %(high)s and never lies in it. "
    "Change “from” or the rule."
)
STEP_UNREACHABLE = gettext_noop("Level %(level)s can never be reached: its requirements exclude each other. Mend them.")
GATE_ALWAYS_FIRES = gettext_noop(
    "The requirement can never be met, so nobody reaches level %(level)s. Mend or remove the gate."
)
GATE_NEVER_FIRES = gettext_noop(
    "Whoever comes to level %(level)s meets the requirement anyway, so the gate holds nobody back. "
    "Raise the requirement or remove the gate."
)
GATE_ON_LOWEST = gettext_noop("Level %(level)s is the lowest, below which there is nothing. Choose a higher level.")
DOWNGRADE_NOT_LOWER = gettext_noop("“downgrade_to” must name a level below %(level)s. Write one of: %(known)s.")
GATE_WITHOUT_LEVELS = gettext_noop("A gate needs levels to hold back from. Add “levels” or remove the gates.")

# --- Published figures --------------------------------------------------------------------------------------------

NOT_A_BOUNDARY = gettext_noop(
    "%(value)s is not a boundary of %(item)s, so it is unclear who meets the statement. Use one of: %(known)s."
)
WHOLE_SCALE = gettext_noop("Every answer to %(item)s meets this, so nobody is told apart. Raise the threshold.")
UNKNOWN_SOURCE = gettext_noop("There is no source %(name)s. Write one of: %(known)s.")
UNKNOWN_INSTRUMENT = gettext_noop("There is no instrument %(name)s. Known are: %(known)s.")
SHARE_AND_PRINT = gettext_noop("The share %(value)s does not match what was printed, %(printed)s. Correct one of them.")
SHARES_SUM = gettext_noop("The shares add up to %(total)s, not to 1. Correct them.")
SHARE_RISES = gettext_noop(
    "More firms reach %(item)s at %(value)s than at the easier %(easier)s. Correct the shares or the thresholds."
)

# --- Workbooks ----------------------------------------------------------------------------------------------------

ITEM_WITHOUT_DIMENSION = gettext_noop("No dimension has the code that %(name)s begins with. Add the dimension's row.")
NOT_A_WORKBOOK = gettext_noop("The workbook cannot be opened. Save it again as XLSX, without a password.")
WORKBOOK_TOO_LARGE = gettext_noop(
    "The workbook holds more than can be read (%(limit)s). Remove pictures and spare rows."
)
NO_SHEET = gettext_noop("The sheet “%(sheet)s” is missing. Add it.")
UNKNOWN_COLUMN = gettext_noop("The column “%(column)s” is not known here. Remove it, or use one of: %(known)s.")
REPEATED_COLUMN = gettext_noop("The column “%(column)s” stands twice. Keep one of them.")
UNKNOWN_SHEETS = gettext_noop(
    "This is neither an instrument workbook nor an XLSForm: it has neither a sheet “items” nor a sheet “survey”. "
    "Export an instrument as XLSX to see the sheets."
)

# --- XLSForms -----------------------------------------------------------------------------------------------------

XLS_TYPE = gettext_noop(
    "A question of the type “%(value)s” cannot be taken. Ask it as select_one, select_multiple, integer or decimal."
)
XLS_REPEAT = gettext_noop("A repeat cannot be taken: each item is asked once a firm. Ask for totals instead.")
XLS_INSIDE_REPEAT = gettext_noop("“%(name)s” stands in a repeat and cannot be taken.")
XLS_CONVENTION = gettext_noop("The form does not keep to the XLSForm convention: %(problem)s")
X_TOO_LONG = gettext_noop("The expression is too long or nested too deep. Split the question.")
X_TOO_EARLY = gettext_noop("The expression ends too early. Complete it.")
X_NOT_READ = gettext_noop(
    "The condition cannot be taken because of “%(part)s”. Use comparisons of one question with one value, selected(), "
    "and, or, not()."
)
X_EMPTY = gettext_noop("Whether a question was answered at all cannot be a condition. Compare with an answer.")
X_SEVERAL = gettext_noop("%(name)s takes several answers, so it cannot be compared. Use selected().")
X_NO_VALUE = gettext_noop("“%(value)s” is no answer to %(name)s. Use one of its options.")
X_NO_QUESTION = gettext_noop("There is no earlier question %(name)s that could be taken. Refer to one that is.")
X_NO_QUESTION_NEAR = gettext_noop("There is no earlier question %(name)s. Did you mean %(near)s?")
X_NO_NUMBER = gettext_noop("“%(value)s” is no number. Compare with a number.")
XLS_GROUP_END = gettext_noop("The group or repeat that ends here never began. Remove the row.")
XLS_NO_LIST = gettext_noop("There is no list “%(name)s” in the sheet choices. Add its options.")
XLS_OTHER = gettext_noop("“or_other” cannot be taken. Add an option “other” to the list.")
XLS_FILTER = gettext_noop("Options that depend on other answers (choice_filter) cannot be taken. Ask separate items.")
XLS_CONSTRAINT = gettext_noop("The constraint “%(value)s” cannot be taken. Only “. >= n and . <= n” of a number can.")
XLS_PIPING = gettext_noop("The text repeats an answer (%(value)s), which cannot be taken. Write it without.")
XLS_NO_LANGUAGE = gettext_noop("The form has no texts in %(language)s. Add the column “%(column)s”.")
XLS_NO_LABEL = gettext_noop("The text in %(language)s is missing. Fill in the column “%(column)s”.")
XLS_TOO_MANY = gettext_noop("A group holds at most 99 questions. Split it.")
XLS_NO_QUESTION = gettext_noop("The form holds no question that can be taken.")
XLS_LEFT_OUT = gettext_noop("“%(value)s” is left out: it holds no answer.")
XLS_COLUMN_LEFT_OUT = gettext_noop("The column “%(column)s” is left out: there is no place for it in an instrument.")
XLS_NOTE_LEFT_OUT = gettext_noop("The note is left out: a page has one introduction, which stands at its beginning.")
XLS_ONE_TITLE = gettext_noop("The form's title stands in one language only and is used for both. Translate it later.")
XLS_RENAMED = gettext_noop("“%(name)s” is called %(code)s from now on.")

# --- What the reader itself found ---------------------------------------------------------------------------------

NOT_READ = gettext_noop("This is not read: %(problem)s. Compare with docs/instruments.md.")
