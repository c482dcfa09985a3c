"""Words that mean nothing by themselves beside names, dates and cues; and what slips are mended to."""

SAYS_NOTHING = """
a able about above absolutely account accounts across actual actually add after afternoon again agency ago
agree ahead ain't all almost alone along already alright also although altogether always am amount amounts
an and another answer any anybody anymore anyone anything anyway anywhere apart apparently are aren't around
as ask asked asking at available away awesome back bad badly basically be because been before begin being
believe below best bet better between big bit boss both bottom break bring brought business busy but buy by
call came campaign can can't cannot care case check checking clear clearly client clients close colleague
come comes coming company compared complete completely could couldn't count course current currently data
date dates day days dear definitely deliver delivered describe detail did didn't different display do does
doesn't doing don't done down drop dropped dropping drops during each earlier early easily easy either else
email end ended enough entire entirely especially etc even evening ever every everybody everyone everything
exact exactly excellent explain fair fairly fall fallen falling falls far fast fell fetch few figure figures
final finally find fine first folks follow following for found friend from full fully further gained gave
generally generate generated get gets getting give given gives go goes going gone good got gotten grand
great group growing guess guys had half hand happen happened happening happens hard has hasn't have haven't
having he hear heard hello help her here here's hers hey hi high higher highest him his hit hold honest
honestly hope hour hours how however i i'd i'll i'm i've if in inc incl include included including indeed
individual individually information inside instead into is isn't it it'd it'll it's its itself jumped jump
just keep kept kind kindly knew know known lads large last lastly late lately later latest least leave left
less let let's level like likely list little ll long look looked looking looks lot lots love low lower
lowest made mainly make makes making man many marketing mate matter may maybe me mean means meant media
meeting mention mentioned might mind mine minute minutes moment money month months more morning most mostly
move moved moves moving much must my myself name named near nearly need needed needs net never new next nice
no nobody none nor normal normally not note nothing noticed now number numbers of off offer often oh ok okay
old on once one ones only onto open or order other others otherwise our ours out outside over overall own
page part particular particularly past people per perhaps period periods person picture place plain planned
please plus point points possible possibly prefer presentation presently pretty previous previously probably
produce produced provide pull pulled put question quick quickly quite rather re reach reached read ready
real really reason received recent recently recorded regarding remind report reported reporting respective
respectively result resulted results right rise risen rises rising rose roughly round run running said same
saw say saying says second see seeing seem seems seen sell selling send sense sent separate separately set
several shall share she short should shouldn't show showed showing shown shows side since single slide small
so sold some somebody somehow someone something sometimes somewhat soon sorry sort sorts specific
specifically spot standing stand stands start started state stats status stay still stood straight stuff
such suddenly suppose supposed sure table take taken takes taking talk talking team tell telling than thank
thanks that that's the their theirs them then there these they they're thing things think this those though
thought through throughout thus till time times to today together told too took total totally totals toward
towards track tracked tracking tried true try trying turn turned turns two under understand until up upon us
use used useful user using usual usually value values various very via view wait want wanted wants was
wasn't way we we'd we'll we're we've week weeks well went were weren't what what's whatever when where
whether which while who whole whose why will wish with within without won't wonder wondering word words work
worked working works worse worst would wouldn't write wrong yeah year years yep yes yet you you're your
yours yourself achieve achieved amounted bringing bringin brings cost costs earn earned earning rack racked
rake raked reckon spend spending spent splitting split breakdown broken drill slice dice quarter quarterly
quarters monthly yearly annual weekly daily hourly fiscal calendar cumulative aggregate combined sum summed
added performing performed performance perform compare comparing comparison versus against relative increase
increased increasing decrease decreased decreasing declined decline declining grew grow grown growth change
changed changes changing difference differ differs gap delta shifted shift trend trending trends slump
slumped spike spiked surge surged plunge plunged dip dipped dive dived tank tanked crash crashed collapse
collapsed soar soared climb climbed explode exploded skyrocket skyrocketed sank sink manager cheers bro dude
lol hmm um uh er ah aha brief briefly shortly summary overview recap roundup digest rundown snapshot update
updates news evaluate evaluation analysis analyze analyzed investigate asap urgent urgently gimme houston
bot assistant buddy pal sir madam lemme basic context idea clue curious interested interesting remember
forgot forget hows terms according live blame healthy placed graph line bar format printed print output
return returned exceed exceeded reaches biggest largest smallest hottest strongest weakest fastest slowest
top tops occurred occur occurs observed measured metric metrics channel channels source sources digital
offline sitewide platform platforms network networks medium mediums contribute contributed contribution
accounted drive drove driven driving generating convert delivering yield yielded profit-wise wise ish approx
approximately precise precisely rounded handled handle behave behaved behaving fare fared faring stack
stacked stacks head-to-head alongside besides except excluding minus divided thinking bosses customer's
clients' client's teams team's departments department office tomorrow's deck board ceo cmo cfo stakeholder
stakeholders standup sync slot sec lunch weekend weekday weekdays weekends night midnight noon days' weeks'
months' week's month's year's quarter's today's anyhow anyways ballpark gross target hits bigger smaller
larger greater fewer lesser slightly strongly significantly massive massively huge hugely heavily whichever
whoever whomever wherever whenever got'ta gotta gonna kinda sorta mins hour's hm hmmm okey okie k yup nope
nah hiya howdy yo morning! gents ladies all's clicked purchased bought ordered visited viewed opened signed
booked ran runs bunch handful pair dozen newest oldest pay paid paying cut export exported skip skipping
ignore ignoring omit omitting exclude excluded overlook shot shoot shooting plummet plummeted plummeting
nosedive nosedived halved halve doubled double tripled triple quadrupled bombed boomed booming bounced
bouncing rebound rebounded recover recovered recovering cratered crept creep creeping inched leap leapt
leaped rocketed ballooned ballooning swelled shrank shrunk shrink shrinking slid slipped slipping soften
softened weaken weakened strengthen strengthened flat flatlined stagnated stalled peaked peaking bottomed
fluctuate fluctuated fluctuating wobble wobbled swung swing swings roof cliff nuts bananas crazy wild mad
haywire berserk insane ridiculous enormous dramatically sharply steeply rapidly tumbled tumble tumbling
jumping spiking soaring tanking crashing surging climbing sinking skyrocketing exploding hike hiked hiking
slowed slow slowing sped picked perked dried valuable worth worthy loyalist notable notably relevant
respectable impressive disappointing poorly nicely terribly horribly decent solid unhealthy worried worrying
concerned concerning panic alarming happy unhappy glad sad annoyed excited thrilled bother bothered
bothering matters mattered kick kicked kicking tia ta attn fyi imo imho swiftly curiosity curiously
apologies apologise pardon excuse refresh recall jog reminded recollect pulling compile compiled compiling
rattle throw throwing whip crunch crunched crunching tally tallied tot totted grab snag dish spill spit
spell fill filling accumulate accumulated accrued amass amassed collected collect collecting gathered gather
raking attract attracted attracting secure secured secures notch notched clocked clock logged posted managed
manage manages managing obtain obtained receive receiving receives register registered hitting landed highs
lows ups downs upward downward upwards downwards upper mid midway beginning ending entirety meanwhile
hitherto therefore hence nevertheless nonetheless regardless firstly secondly finished finishing begins
began stop stopped stopping continue continued continues steady steadily stable stability consistent
consistently volatile random randomly abrupt abruptly gradual gradually rapid immediate immediately
instantly eventually ultimately originally initially formerly ordinarily frequently seldom rarely
occasionally constantly continuously repeatedly twice thrice hundred hundreds thousands plenty tons loads
tad touch hair whisker margin-wise wholly partly partially chiefly primarily largely solely purely merely
simply simple plainly frankly truly certain certainly surely obvious obviously apparent evidently behind
beyond beat beats beating beaten surpass surpassed outperform outperformed beneath underneath beside amid
among amongst despite unless dollar dollars euro euros pound pounds quid bucks usd eur gbp chf francs cents
based lowdown league albeit cash dough expensive cheap cheaper pricey pricier costly costlier dearer dearest
became become becomes series
"""
STOP_WORDS = frozenset(SAYS_NOTHING.split())
CUE_WORDS = """
yesterday today monday tuesday wednesday thursday friday saturday sunday january february march april june
july august september october november december week weeks month months quarter quarters year years weekend
fortnight hour hours first second third fourth half last previous past since between until before after
compare compared comparison versus against difference channel channels client clients metric metrics outlier
outliers anomaly anomalies unusual strange weird abnormal deviation deviations spike spikes note notes
report reports query queries customer customers buyer buyers shopper shoppers segment segments task tasks
pipeline pipelines failure failures failed failing import imports alert alerts firing triggered episode
episodes incident incidents rule rules destination destinations routing routed switch chart graph plot
visualize draw diagram calendar weekday holiday holidays average mean median percent share proportion
highest lowest biggest largest smallest worst best most least trend trends trending development evolution
summary overview performance black cyber thanksgiving christmas easter halloween valentine night three seven
eight twelve million thousand which what where show much many this that with during about should would could
acknowledge acknowledged snooze snoozed resolve resolved unresolved progress critical warning severity
returning recurring loyal newest latest explain reason investigate cause caused create remind edit update
calculate divided multiplied minus plus currently breakdown daily weekly monthly hourly quarterly yearly
revenue spend clicks sessions conversions impressions orders system prompt instructions password token
secret ignore approval spenders spender purchasers purchaser diff delete weather forecast predict competitor
competitors thanks help hello please
"""
TARGETS = frozenset(CUE_WORDS.split())
WRITING = frozenset(
    ["writing", "writes", "written", "wrote", "drafting", "drafts", "drafted", "draft", "preparing",
     "prepares", "prepared", "composing", "composes", "composed", "typing", "typed", "proofreading"]
)  # fmt: skip
"""What is done to a mail: no slips of `waiting`, and nothing that can be left out."""
VOCABULARY = STOP_WORDS | TARGETS | WRITING
