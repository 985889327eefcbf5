// The common shortcodes. One that is not here stays as it was typed, as it does in Slack.

const SHEET = `
+1 👍 thumbsup 👍 -1 👎 thumbsdown 👎 ok_hand 👌 wave 👋 clap 👏 pray 🙏 raised_hands 🙌 raised_hand ✋ hand ✋ muscle 💪 point_right 👉
point_left 👈 point_up ☝️ point_down 👇 eyes 👀 writing_hand ✍️ handshake 🤝 v ✌️ crossed_fingers 🤞 fist ✊ open_hands 👐
smile 😄 smiley 😃 grinning 😀 grin 😁 slightly_smiling_face 🙂 wink 😉 blush 😊 joy 😂 thinking_face 🤔 neutral_face 😐
disappointed 😞 worried 😟 cry 😢 sob 😭 angry 😠 scream 😱 sweat_smile 😅 relieved 😌 sunglasses 😎 sleeping 😴 zzz 💤 shrug 🤷
face_with_monocle 🧐 zipper_mouth_face 🤐 hugging_face 🤗 upside_down_face 🙃 heart ❤️ green_heart 💚 blue_heart 💙 yellow_heart 💛
broken_heart 💔 sparkles ✨ star ⭐ star2 🌟 fire 🔥 boom 💥 zap ⚡ tada 🎉 confetti_ball 🎊 gift 🎁 trophy 🏆 medal 🏅 100 💯
white_check_mark ✅ heavy_check_mark ✔️ ballot_box_with_check ☑️ x ❌ negative_squared_cross_mark ❎ no_entry ⛔ no_entry_sign 🚫
warning ⚠️ rotating_light 🚨 exclamation ❗ heavy_exclamation_mark ❗ grey_exclamation ❕ question ❓ grey_question ❔ bangbang ‼️
interrobang ⁉️ information_source ℹ️ red_circle 🔴 large_orange_circle 🟠 large_yellow_circle 🟡 large_green_circle 🟢
large_blue_circle 🔵 large_purple_circle 🟣 white_circle ⚪ black_circle ⚫ large_red_square 🟥 large_orange_square 🟧
large_yellow_square 🟨 large_green_square 🟩 large_blue_square 🟦 white_large_square ⬜ black_large_square ⬛ small_red_triangle 🔺
large_blue_diamond 🔷 large_orange_diamond 🔶 small_blue_diamond 🔹 small_orange_diamond 🔸
clock1 🕐 clock2 🕑 clock3 🕒 clock4 🕓 clock5 🕔 clock6 🕕 clock7 🕖 clock8 🕗 clock9 🕘 clock10 🕙 clock11 🕚 clock12 🕛
alarm_clock ⏰ stopwatch ⏱️ timer_clock ⏲️ hourglass ⌛ hourglass_flowing_sand ⏳ watch ⌚ calendar 📆 date 📅 spiral_calendar_pad 🗓️
bell 🔔 no_bell 🔕 mega 📣 loudspeaker 📢 speech_balloon 💬 left_speech_bubble 🗨️ thought_balloon 💭 phone ☎️ telephone ☎️
telephone_receiver 📞 iphone 📱 email ✉️ envelope ✉️ e-mail 📧 incoming_envelope 📨 envelope_with_arrow 📩 inbox_tray 📥 outbox_tray 📤
mailbox 📫 postbox 📮 newspaper 📰 rolled_up_newspaper 🗞️ radio 📻 tv 📺 studio_microphone 🎙️ microphone 🎤 movie_camera 🎥
video_camera 📹 camera 📷 film_frames 🎞️ clapper 🎬 satellite_antenna 📡 computer 💻 printer 🖨️ desktop_computer 🖥️ keyboard ⌨️
memo 📝 pencil 📝 pencil2 ✏️ lower_left_fountain_pen 🖋️ pen 🖊️ page_facing_up 📄 page_with_curl 📃 bookmark_tabs 📑 clipboard 📋
notebook 📓 ledger 📒 book 📖 books 📚 bookmark 🔖 label 🏷️ paperclip 📎 pushpin 📌 round_pushpin 📍 file_folder 📁
open_file_folder 📂 card_index_dividers 🗂️ card_file_box 🗃️ file_cabinet 🗄️ wastebasket 🗑️ scroll 📜 receipt 🧾
bar_chart 📊 chart_with_upwards_trend 📈 chart_with_downwards_trend 📉 mag 🔍 mag_right 🔎 lock 🔒 unlock 🔓 closed_lock_with_key 🔐
key 🔑 link 🔗 shield 🛡️ wrench 🔧 hammer 🔨 gear ⚙️ hammer_and_wrench 🛠️ bulb 💡 battery 🔋 electric_plug 🔌 test_tube 🧪
bust_in_silhouette 👤 busts_in_silhouette 👥 office 🏢 classical_building 🏛️ hospital 🏥 school 🏫 house 🏠 bank 🏦 ambulance 🚑
bus 🚌 train 🚆 car 🚗 bike 🚲 fire_engine 🚒 police_car 🚓 airplane ✈️ rocket 🚀 construction 🚧 traffic_light 🚥 vertical_traffic_light 🚦
globe_with_meridians 🌐 earth_africa 🌍 world_map 🗺️ sunny ☀️ cloud ☁️ rain_cloud 🌧️ snowflake ❄️ umbrella ☔ ocean 🌊 seedling 🌱
deciduous_tree 🌳 evergreen_tree 🌲 palm_tree 🌴 coffee ☕ tea 🍵 cake 🍰 birthday 🎂 apple 🍎 pill 💊 syringe 💉 stethoscope 🩺 dog 🐶 cat 🐱
robot_face 🤖 ghost 👻 see_no_evil 🙈 hear_no_evil 🙉 speak_no_evil 🙊 parrot 🦜 arrow_right ➡️ arrow_left ⬅️ arrow_up ⬆️ arrow_down ⬇️
arrow_forward ▶️ arrow_right_hook ↪️ leftwards_arrow_with_hook ↩️ arrows_counterclockwise 🔄 repeat 🔁 fast_forward ⏩
heavy_plus_sign ➕ heavy_minus_sign ➖ heavy_multiplication_x ✖️ pause_button ⏸️ black_square_for_stop ⏹️ double_vertical_bar ⏸️
one 1️⃣ two 2️⃣ three 3️⃣ four 4️⃣ five 5️⃣ six 6️⃣ seven 7️⃣ eight 8️⃣ nine 9️⃣ zero 0️⃣ keycap_ten 🔟 new 🆕 ok 🆗 sos 🆘 free 🆓
gb 🇬🇧 uk 🇬🇧 checkered_flag 🏁 triangular_flag_on_post 🚩 waving_white_flag 🏳️ scales ⚖️ ballot_box_with_ballot 🗳️ ticket 🎫
crystal_ball 🔮 dart 🎯 jigsaw 🧩 balloon 🎈 moneybag 💰 pound 💷 credit_card 💳 recycle ♻️ beginner 🔰 white_flag 🏳️ dove_of_peace 🕊️
`;

const EMOJI = new Map();
const words = SHEET.trim().split(/\s+/);
for (let at = 0; at < words.length; at += 2) EMOJI.set(words[at], words[at + 1]);

const SHORTCODE = /:([a-z0-9_+'-]+):(?::skin-tone-[2-6]:)?/g;

/** The sign for a shortcode without its colons, or undefined. */
export const emojiFor = (name) => EMOJI.get(name);

/** Replace the shortcodes of a text by their signs. */
export const withEmoji = (text) => text.replace(SHORTCODE, (whole, name) => EMOJI.get(name) ?? whole);
