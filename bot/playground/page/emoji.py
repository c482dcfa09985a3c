"""Slack's shortcodes for the emoji that people and apps use most."""

import re

SHORTCODE = re.compile(r":([a-z0-9_+'\-]+):(?::skin-tone-([2-6]):)?")

TABLE = """
+1=👍 thumbsup=👍 -1=👎 thumbsdown=👎 ok_hand=👌 wave=👋 clap=👏 raised_hands=🙌 pray=🙏 muscle=💪
point_right=👉 point_left=👈 point_up=☝️ point_down=👇 v=✌️ crossed_fingers=🤞 handshake=🤝
writing_hand=✍️ eyes=👀 raised_hand=✋ smile=😄 smiley=😃 grinning=😀 grin=😁 joy=😂 rofl=🤣
slightly_smiling_face=🙂 upside_down_face=🙃 wink=😉 blush=😊 heart_eyes=😍 star-struck=🤩
sunglasses=😎 thinking_face=🤔 neutral_face=😐 expressionless=😑 no_mouth=😶 smirk=😏 unamused=😒
face_with_rolling_eyes=🙄 grimacing=😬 relieved=😌 pensive=😔 sleeping=😴 confused=😕 worried=😟
slightly_frowning_face=🙁 open_mouth=😮 astonished=😲 cry=😢 sob=😭 scream=😱 sweat_smile=😅 sweat=😓
angry=😠 rage=😡 exploding_head=🤯 partying_face=🥳 nerd_face=🤓 shrug=🤷 facepalm=🤦 salute=🫡
saluting_face=🫡 robot_face=🤖 ghost=👻 heart=❤️ broken_heart=💔 yellow_heart=💛 green_heart=💚
blue_heart=💙 purple_heart=💜 black_heart=🖤 orange_heart=🧡 fire=🔥 sparkles=✨ star=⭐ star2=🌟
dizzy=💫 boom=💥 zap=⚡ rocket=🚀 tada=🎉 confetti_ball=🎊 balloon=🎈 gift=🎁 trophy=🏆 medal=🏅
sports_medal=🏅 first_place_medal=🥇 second_place_medal=🥈 third_place_medal=🥉 dart=🎯
checkered_flag=🏁 white_check_mark=✅ heavy_check_mark=✔️ ballot_box_with_check=☑️ x=❌
negative_squared_cross_mark=❎ heavy_multiplication_x=✖️ warning=⚠️ exclamation=❗
heavy_exclamation_mark=❗ bangbang=‼️ question=❓ grey_question=❔ grey_exclamation=❕ no_entry=⛔
no_entry_sign=🚫 octagonal_sign=🛑 construction=🚧 rotating_light=🚨 loudspeaker=📢 mega=📣 bell=🔔
no_bell=🔕 mute=🔇 sound=🔉 loud_sound=🔊 speaker=🔈 zzz=💤 sos=🆘 information_source=ℹ️ 100=💯
heavy_plus_sign=➕ heavy_minus_sign=➖ red_circle=🔴 large_orange_circle=🟠 large_yellow_circle=🟡
large_green_circle=🟢 large_blue_circle=🔵 large_purple_circle=🟣 white_circle=⚪ black_circle=⚫
large_red_square=🟥 large_orange_square=🟧 large_yellow_square=🟨 large_green_square=🟩
large_blue_square=🟦 black_square_button=🔲 white_square_button=🔳 small_red_triangle=🔺
small_red_triangle_down=🔻 small_blue_diamond=🔹 small_orange_diamond=🔸 large_blue_diamond=🔷
large_orange_diamond=🔶 arrow_up=⬆️ arrow_down=⬇️ arrow_left=⬅️ arrow_right=➡️
arrow_upper_right=↗️ arrow_lower_right=↘️ arrow_lower_left=↙️ arrow_upper_left=↖️
arrow_up_down=↕️ left_right_arrow=↔️ arrows_counterclockwise=🔄 arrow_up_small=🔼
arrow_down_small=🔽 leftwards_arrow_with_hook=↩️ arrow_right_hook=↪️ back=🔙 soon=🔜 top=🔝 new=🆕
free=🆓 ok=🆗 up=🆙 repeat=🔁 arrow_forward=▶️ double_vertical_bar=⏸️ pause_button=⏸️
black_square_for_stop=⏹️ fast_forward=⏩ rewind=⏪ chart_with_upwards_trend=📈
chart_with_downwards_trend=📉 bar_chart=📊 clipboard=📋 memo=📝 pencil=📝 pencil2=✏️ pushpin=📌
round_pushpin=📍 paperclip=📎 link=🔗 bookmark=🔖 books=📚 book=📖 notebook=📓 ledger=📒
page_facing_up=📄 page_with_curl=📃 newspaper=📰 file_folder=📁 open_file_folder=📂
card_index_dividers=🗂️ calendar=📆 date=📅 spiral_calendar_pad=🗓️ email=📧 envelope=✉️
incoming_envelope=📨 inbox_tray=📥 outbox_tray=📤 package=📦 label=🏷️ wastebasket=🗑️ scissors=✂️
mag=🔍 mag_right=🔎 lock=🔒 unlock=🔓 key=🔑 bulb=💡 wrench=🔧 hammer=🔨 hammer_and_wrench=🛠️
gear=⚙️ nut_and_bolt=🔩 shield=🛡️ electric_plug=🔌 battery=🔋 computer=💻 desktop_computer=🖥️
keyboard=⌨️ iphone=📱 phone=☎️ satellite=🛰️ satellite_antenna=📡 telescope=🔭 microscope=🔬
test_tube=🧪 thermometer=🌡️ hourglass=⌛ hourglass_flowing_sand=⏳ stopwatch=⏱️ timer_clock=⏲️
alarm_clock=⏰ watch=⌚ clock1=🕐 clock3=🕒 clock9=🕘 money_with_wings=💸 moneybag=💰 dollar=💵 euro=💶
pound=💷 credit_card=💳 receipt=🧾 shopping_trolley=🛒 shopping_bags=🛍️ convenience_store=🏪
office=🏢 factory=🏭 house=🏠 airplane=✈️ car=🚗 ship=🚢 anchor=⚓ globe_with_meridians=🌐
earth_americas=🌎 earth_africa=🌍 world_map=🗺️ sunny=☀️ cloud=☁️ rainbow=🌈 snowflake=❄️
droplet=💧 ocean=🌊 crescent_moon=🌙 full_moon=🌕 seedling=🌱 evergreen_tree=🌲 four_leaf_clover=🍀
cactus=🌵 cherry_blossom=🌸 coffee=☕ pizza=🍕 cake=🍰 birthday=🎂 beer=🍺 champagne=🍾 popcorn=🍿
dog=🐶 cat=🐱 unicorn_face=🦄 bug=🐛 bee=🐝 snail=🐌 turtle=🐢 owl=🦉 man=👨 woman=👩
bust_in_silhouette=👤 busts_in_silhouette=👥 speech_balloon=💬 thought_balloon=💭
left_speech_bubble=🗨️ one=1️⃣ two=2️⃣ three=3️⃣ four=4️⃣ five=5️⃣ crown=👑 gem=💎
crystal_ball=🔮 game_die=🎲 jigsaw=🧩 art=🎨 musical_note=🎵 headphones=🎧 camera=📷 movie_camera=🎥
"""

EMOJI = dict(pair.split("=", 1) for pair in TABLE.split())
SKIN_TONES = {str(number): chr(0x1F3F9 + number) for number in range(2, 7)}


def emoji_char(name: str, tone: str | None = None) -> str | None:
    found = EMOJI.get(name)
    return found + SKIN_TONES[tone] if found and tone else found


def replace_shortcodes(text: str) -> str:
    """Known `:shortcodes:` as Unicode; an unknown one stays as it was typed."""
    return SHORTCODE.sub(lambda found: emoji_char(found[1], found[2]) or found[0], text)
