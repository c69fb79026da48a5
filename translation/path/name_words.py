"""English words that names are made of and that other languages translate: `Prime Minister`,
`Black Sea`, `World War`. What is left of a name without them is written as it sounds.
"""

from translation.path.clause_words import ENGLISH

_OF_NAMES = """
    new old great big little small high upper lower central middle north south east west northern
    southern eastern western north-east north-west south-east south-west black white red blue
    green yellow golden silver grand royal imperial holy saint st san santa first second third
    fourth fifth sixth seventh eighth ninth tenth one two three four five six seven eight nine
    ten twenty thirty hundred thousand million ii iii iv vi vii viii ix xi xii world
    international national federal state states united nation nations union republic kingdom
    empire commonwealth democratic people peoples party parliament congress senate house lords
    commons representative representatives council court supreme crown government ministry
    department office agency bureau commission committee association federation confederation
    organization organisation authority board service services minister prime president vice
    chancellor secretary chairman chairwoman director general governor mayor senator judge
    justice king queen prince princess duke emperor pope bishop archbishop cardinal lord lady sir
    mr mrs ms miss dr doctor professor captain colonel major sergeant lieutenant admiral marshal
    officer chief leader ambassador embassy consulate army navy air force forces police guard
    fleet corps squadron war wars battle revolution resistance treaty act law constitution age
    ages dynasty rights human foreign affairs interior defence defense university college school
    institute academy faculty hospital clinic health medical center centre museum library gallery
    church cathedral temple castle palace tower bridge gate square street road avenue park garden
    gardens zoo stadium station airport airlines airways harbour harbor port canal channel sea
    seas ocean oceans river rivers lake lakes bay gulf strait island islands isle isles cape
    mountain mountains mount hill hills valley canyon desert forest coast city town village
    county district province region area land lands territory territories reserve hemisphere pole
    equator atlantic pacific mediterranean baltic arctic antarctic caribbean america africa
    europe asia australia england britain scotland ireland wales france germany italy spain
    portugal russia china japan india greece rome turkey egypt mexico brazil canada belgium
    french greek dutch swiss arab islamic muslim muslims catholic orthodox jewish protestant
    soviet olympic olympics games game championship championships cup league final finals prix
    open tour tours race day days week year years night monday tuesday wednesday thursday friday
    saturday sunday january february march april may june july august september october november
    december christmas easter winter summer spring autumn society group company bank inc
    corporation ltd co foundation fund trust exchange market trade commerce energy space moon
    earth system systems plan program programme project report news daily times journal education
    science research finance asset management investigation investigations web internet brother
    sister father mother god family community conservative conservatives republicans democrats
    labour labor liberal liberals socialist communist standard time line lines class heritage
    site fair exposition expositions hurricane storm cyclone earthquake disease syndrome disorder
    survey orchestra symphony us usa uk eu un am pm bc ad tv ceo a i of for to at by as our my
    your his her its their today yesterday tomorrow now also both many most several some all such
    other another here there what how why where when only even just still later earlier after
    before meanwhile however former late early modern ancient since while
"""

TRANSLATED = frozenset(_OF_NAMES.split()) | (
    ENGLISH.openers | ENGLISH.starters | ENGLISH.links | ENGLISH.leaners
)

ENDINGS = ("ian", "ians", "ese", "ish", "ans", "can", "ist", "ists", "ism")
"""Of adjectives made from names: `Hungarian`."""
