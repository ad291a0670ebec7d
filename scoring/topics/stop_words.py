"""Words of Turkish and English that say nothing by themselves, folded (no diacritics, lower case)."""

from typing import Final

_TURKISH = """
acaba ama ancak artik asla aslinda ayni az bana baska bazi belki ben benden beni benim beri bile bir
biraz bircok biri birkac birsey biz bizden bize bizi bizim boyle boylece bu buna bunda bundan bunlar
bunlari bunlarin bunu bunun burada bugun butun cok cogu cunku da daha dahi de defa degil demek diger diye
dolayi e eger en fakat falan felan gene gibi gore ha hala hangi hatta hem henuz hep hepsi her herhangi
herkes hic hicbir icin icinde iki ile ilgili ise iste ki kac kadar karsi kendi kendine kez ki kim kime
kimi kimse la lan lazim madem mi misin midir mu mudur nasil ne neden nedenle nerde nerede nereye neyse
nicin niye o olan olarak oldu oldugu olduk olmak olmasi olsa olsun olup olur on ona ondan onlar onlardan
onlari onlarin onu onun orada oysa oyle oradan pek ragmen sadece sanki sen senden seni senin siz sizden
sizi sizin son sonra su suna sunda sundan sunlar sunu ta tabi tabii tam tek tum uzere var ve veya ya yani
yapmak yerine yine yok yoksa zaten zira simdi sey seyi seyler etti eden etmek ediyor edildi oluyor diyor
dedi bence sizce abi ya be valla vallahi filan neyin olmus varmis yokmus
"""
_ENGLISH = """
a about above after again against all also am an and any are aren as at be because been before being
below between both but by can cannot could couldn d did didn do does doesn doing don down during each
even ever few for from further get got had hadn has hasn have haven having he her here hers herself him
himself his how i if im in into is isn it its itself ive just let ll m many me more most much my myself
no nor not now of off on once only or other our ours ourselves out over own re really rt s same she
should shouldn so some still such t than that thats the their theirs them themselves then there these
they this those through to too under until up us ve very via was wasn we well were weren what when where
which while who whom why will with won would wouldn yet you your yours yourself yourselves amp http https
www com
"""
STOP_WORDS: Final = frozenset((_TURKISH + _ENGLISH).split())
