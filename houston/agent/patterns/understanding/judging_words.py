"""Words that praise, blame or grade what they stand beside, and narrow nothing, as data."""

SAID_OF_ANYTHING = """
abysmal acceptable adequate aggregated alarming alleged amazing anaemic anemic appalling astonishing
astounding atrocious atypical average awful bad bleak bog breathtaking brilliant brutal bumper burning
careful catastrophic chunky clean clear cold colossal comfortable concise considerable cool correct crap
crappy crisp crucial cumulative current cute damn dark dandy darn daunting dazzling dead deep delicious
delightful depressing deserved desperate dire dirty dismal dodgy downright dreadful dreary dull dumb easy
elusive encouraging epic eventual exact exceptional exciting fab fabulous faint famous fantastic fat feeble
fierce fine firm flashy flaky fluffy foul fresh freaking frightening frigging full funky gentle genuine
ghastly giant gigantic glorious glowing golden gorgeous gracious gruesome grim gritty gross hairy handsome
handy hard harsh hearty hefty high-level honest hopeless horrendous horrid horrific hot humble humongous
ideal iffy immense important incredible inflated insane intense intriguing juicy keen lacklustre lackluster
laughable lame latest lean legit lightning literal lively lousy lovely lowly lucky lukewarm magnificent main
major marginal marked marvellous marvelous mean measly mediocre meek meager meagre mega meh menacing messy
mighty mild miserable modest monster monstrous moderate murky mysterious nasty neat negligible
nerve-wracking noisy numerous okayish outright outstanding overdue painful paltry pathetic patchy peachy
peculiar perky pesky phenomenal piddly pitiful poor positive precious precise preliminary pretty prime
problematic proper proud provisional puny puzzling quaint raw rad record recorded regrettable remarkable
resounding rich ridiculous robust rocky rosy rotten rough rubbish sad scant scary scattered secret serious
severe shabby shaky shallow sharp sheer shitty shiny shocking sick sickly significant sizable sizeable
skimpy slick slim sloppy sluggish small-ish smart smashing smooth sober soft solid sorry so-so spectacular
spicy splendid spotty stagnant standard staggering stark startling steep stellar sterling stiff stingy
stonking stormy striking strong stunning stupid sturdy subdued substandard substantial subtle sudden super
superb surprising sustained sweet swell tasty telltale tepid terrible terrific terrifying thick thin
thorough thumping thundering tidy tight tiny tough tragic tremendous tricky troubling true typical ugly
ultimate uncanny uneven unimpressive unlucky unreal unsightly untidy unwell upbeat upsetting usual vast
verified vicious vital wacky weak weakly weighty welcome whole whopping wicked wimpy wobbly wonderful wonky
woeful worrisome wretched yucky yummy zippy lucrative profitable productive fruitful generous stingiest
efficient effective wasteful underwhelming overwhelming unremarkable disastrous dependable reliable erratic
bumpy choppy jittery jumpy calm
"""
MEANS_FIGURES = """
damage situation lowdown scoop skinny pulse gist haul tab intel rundown deets nitty-gritty specifics stuff
picture status tidbits bottomline verdict outcome story tale uptake uptick downturn upturn downtick
headcount readout takeaways headlines insights insight particulars facts overview vibes vibe feel mood
temperature-check checkup checkin pointers nuggets essentials basics
"""
JUDGING = frozenset(SAID_OF_ANYTHING.split()) | frozenset(MEANS_FIGURES.split())
"""A word that says which of several things is meant, such as `mobile` or `french`, is none of them."""
