//! What each character is written as in a folded text: itself, another one, or several.
//!
//! A table over the characters of 16 bits, filled once from short lists, because every letter of a master passes through it.

use std::sync::OnceLock;

/// Old forms of kanji, each followed by the one in its place.
const OLD_KANJI: &str = "\
    乘乗亂乱亙亘亞亜佛仏來来倂併假仮傳伝僞偽價価儉倹兒児內内兩両册冊冐冒冨富冱冴决決况況凉涼减減凖準凛凜凾函刄刃剝剥剩剰劍剣劑剤勞労勳勲勵励勸勧區区卷巻卽即厨廚厩廐參参吳呉吿告呑吞單単嚙噛嚴厳囊嚢\
    囑嘱囓齧囘回圈圏國国圍囲圓円圖図團団埀垂堯尭塡填增増墮堕壓圧壘塁壞壊壤壌壯壮壹壱壺壷壻婿壽寿奧奥奬奨姙妊姬姫娛娯孃嬢學学寃冤寢寝實実寫写寬寛寶宝將将專専對対尙尚屆届屢屡屬属峯峰峽峡崙崘嵜崎嶋島\
    嶌島嶽岳巖巌巢巣帋紙帶帯廏廐廢廃廣広廳庁弍弐强強彈弾彌弥彎弯彥彦徑径從従徵徴德徳恆恒恠怪悅悦惠恵惡悪惱悩愼慎慘惨慙慚應応懴懺懷懐戀恋戰戦戲戯戶戸戾戻抬擡拂払拏拿拔抜拜拝挾挟插挿揭掲搔掻搖揺搜捜\
    摑掴擇択擊撃擔担據拠擧挙擴拡攅攢攜携攝摂攪撹收収效効敍叙敎教敕勅數数斷断旣既昿曠晉晋晚晩晝昼曆暦曉暁曾曽會会枡桝栁柳桒桑條条梹檳棊碁棧桟榮栄槇槙槪概樂楽樓楼樞枢樣様橫横檜桧檢検櫻桜權権歐欧歡歓\
    步歩歲歳歷歴歸帰殘残殼殻毆殴每毎氣気沒没涉渉淚涙淨浄淸清淺浅渕淵渴渇溂剌溪渓溫温滊汽滯滞滿満潑溌潛潜潴瀦澀渋澁渋澤沢濕湿濟済濤涛濱浜濵浜濾沪瀆涜瀧滝瀨瀬灌潅灣湾炼煉焰焔燈灯燒焼營営爐炉爭争爲為\
    牀床犂犁犧犠狀状狹狭獨独獵猟獸獣獻献瑤瑶瓣弁甁瓶產産畧略畫画當当疂畳疊畳疎疏痲麻瘦痩癎癇癡痴發発皰疱皷鼓皹皸盃杯盜盗盡尽眞真砿鉱硅珪硏研碎砕碕崎礪砺祕秘祿禄禀稟禪禅禮礼禰祢禱祷稅税稱称稻稲稾稿\
    穎頴穗穂穩穏穰穣竈竃竊窃竝並竪豎笋筍箒帚簞箪籠篭粹粋糺糾絕絶絛条絲糸經経綠緑綫線緖緒緣縁縣県縱縦總総繋繫繡繍繩縄繪絵繼継續続纖繊缺欠罎壜罐缶翆翠聟婿聰聡聲声聽聴肅粛脫脱腦脳膓腸膽胆臈臘臟臓臺台\
    與与舊旧舍舎舖舗舘館艢檣艪櫓艷艶艹艸茘荔荊荆莊荘莓苺莖茎萊莱萠萌萬万葢蓋蔣蒋薗園薮藪薰薫藏蔵藝芸藥薬蘓蘇處処虛虚號号蛎蠣蜖蛔螢蛍蟬蝉蟲虫蠅蝿蠟蝋蠶蚕蠻蛮衂衄衞衛裏裡裝装襃褒覊羈覺覚覽覧觀観觝牴\
    觧解觸触說説諫諌謠謡證証譯訳譽誉讀読讃讚變変讓譲豐豊豫予豬猪貮弐貳弐賎賤賣売賴頼贊賛踐践軀躯輕軽轉転辨弁辭辞辯弁迩邇逎遒遊游遙遥遞逓遲遅邉辺邊辺邨村郞郎鄕郷鄰隣醉酔醫医醬醤醱醗釀醸釋釈鈎鉤鈩鑪\
    銕鉄銳鋭錄録錢銭鍊錬鎭鎮鎻鎖鏁鎖鐮鎌鐵鉄鑄鋳鑛鉱閇閉閱閲關関陜陝陷陥隂陰隨随險険隱隠隸隷雙双雜雑雞鶏霤溜霸覇靈霊靑青靜静靭靱韮韭韲齏頥頤頰頬頸頚頽頹顏顔顚顛顯顕飜翻飮飲餘余餠餅駈駆駢騈騨驒騷騒\
    驅駆驗験驛駅髓髄體体髙高髮髪鬪闘鬭闘鰛鰮鰺鯵鱉鼈鳬鳧鵄鴟鶯鴬鷄鶏鷗鴎鹼鹸鹽塩麁麤麥麦麴麹麵麺黃黄黏粘黑黒默黙點点黨党齊斉齋斎齒歯齡齢龍竜龜亀﨑崎膣腟臀殿鼠鼡拇母歇欠窿隆疝仙";

/// Signs that stand for several letters or for a plain one, each followed by those letters, as Unicode's compatibility
/// forms (NFKC) have them. The rules below take what needs no list: widths, kana and capitals.
const SIGNS: &str = "\
    ªa ²2 ³3 µμ ¹1 ºo ¼1/4 ½1/2 ¾3/4 ⁰0 ⁱi ⁴4 ⁵5 ⁶6 ⁷7 ⁸8 ⁹9 ⁺+ ⁻− ⁼= ⁽( ⁾) ⁿn ₀0 ₁1 ₂2 ₃3 ₄4 ₅5 ₆6 \
    ₇7 ₈8 ₉9 ₊+ ₋− ₌= ₍( ₎) ₐa ₑe ₒo ₓx ₔə ₕh ₖk ₗl ₘm ₙn ₚp ₛs ₜt ℂc ℃°c ℇɛ ℉°f ℊg ℋh ℌh ℍh ℎh ℏħ \
    ℐi ℑi ℒl ℓl ℕn №no ℙp ℚq ℛr ℜr ℝr ℠sm ℡tel ™tm ℤz Ωω ℨz Kk Åå ℬb ℭc ℯe ℰe ℱf Ⅎⅎ ℳm ℴo ℵא ℶב ℷג \
    ℸד ℹi ℻fax ℼπ ℽγ ℾγ ℿπ ⅀∑ ⅅd ⅆd ⅇe ⅈi ⅉj ⅐1/7 ⅑1/9 ⅒1/10 ⅓1/3 ⅔2/3 ⅕1/5 ⅖2/5 ⅗3/5 ⅘4/5 ⅙1/6 ⅚5/6 \
    ⅛1/8 ⅜3/8 ⅝5/8 ⅞7/8 ⅟1/ Ⅰi Ⅱii Ⅲiii Ⅳiv Ⅴv Ⅵvi Ⅶvii Ⅷviii Ⅸix Ⅹx Ⅺxi Ⅻxii Ⅼl Ⅽc Ⅾd Ⅿm ⅰi ⅱii \
    ⅲiii ⅳiv ⅴv ⅵvi ⅶvii ⅷviii ⅸix ⅹx ⅺxi ⅻxii ⅼl ⅽc ⅾd ⅿm ↉0/3 ①1 ②2 ③3 ④4 ⑤5 ⑥6 ⑦7 ⑧8 ⑨9 ⑩10 ⑪11 \
    ⑫12 ⑬13 ⑭14 ⑮15 ⑯16 ⑰17 ⑱18 ⑲19 ⑳20 ⑴(1) ⑵(2) ⑶(3) ⑷(4) ⑸(5) ⑹(6) ⑺(7) ⑻(8) ⑼(9) ⑽(10) ⑾(11) \
    ⑿(12) ⒀(13) ⒁(14) ⒂(15) ⒃(16) ⒄(17) ⒅(18) ⒆(19) ⒇(20) ⒈1. ⒉2. ⒊3. ⒋4. ⒌5. ⒍6. ⒎7. ⒏8. ⒐9. ⒑10. \
    ⒒11. ⒓12. ⒔13. ⒕14. ⒖15. ⒗16. ⒘17. ⒙18. ⒚19. ⒛20. ⒜(a) ⒝(b) ⒞(c) ⒟(d) ⒠(e) ⒡(f) ⒢(g) ⒣(h) ⒤(i) \
    ⒥(j) ⒦(k) ⒧(l) ⒨(m) ⒩(n) ⒪(o) ⒫(p) ⒬(q) ⒭(r) ⒮(s) ⒯(t) ⒰(u) ⒱(v) ⒲(w) ⒳(x) ⒴(y) ⒵(z) Ⓐa Ⓑb Ⓒc Ⓓd \
    Ⓔe Ⓕf Ⓖg Ⓗh Ⓘi Ⓙj Ⓚk Ⓛl Ⓜm Ⓝn Ⓞo Ⓟp Ⓠq Ⓡr Ⓢs Ⓣt Ⓤu Ⓥv Ⓦw Ⓧx Ⓨy Ⓩz ⓐa ⓑb ⓒc ⓓd ⓔe ⓕf ⓖg ⓗh ⓘi ⓙj \
    ⓚk ⓛl ⓜm ⓝn ⓞo ⓟp ⓠq ⓡr ⓢs ⓣt ⓤu ⓥv ⓦw ⓧx ⓨy ⓩz ⓪0 ㈠(一) ㈡(二) ㈢(三) ㈣(四) ㈤(五) ㈥(六) ㈦(七) ㈧(八) ㈨(九) \
    ㈩(十) ㈪(月) ㈫(火) ㈬(水) ㈭(木) ㈮(金) ㈯(土) ㈰(日) ㈱(株) ㈲(有) ㈳(社) ㈴(名) ㈵(特) ㈶(財) ㈷(祝) ㈸(労) ㈹(代) ㈺(呼) ㈻(学) \
    ㈼(監) ㈽(企) ㈾(資) ㈿(協) ㉀(祭) ㉁(休) ㉂(自) ㉃(至) ㉄問 ㉅幼 ㉆文 ㉇箏 ㉐pte ㉑21 ㉒22 ㉓23 ㉔24 ㉕25 ㉖26 ㉗27 ㉘28 ㉙29 ㉚30 \
    ㉛31 ㉜32 ㉝33 ㉞34 ㉟35 ㊀一 ㊁二 ㊂三 ㊃四 ㊄五 ㊅六 ㊆七 ㊇八 ㊈九 ㊉十 ㊊月 ㊋火 ㊌水 ㊍木 ㊎金 ㊏土 ㊐日 ㊑株 ㊒有 ㊓社 ㊔名 ㊕特 ㊖財 ㊗祝 ㊘労 \
    ㊙秘 ㊚男 ㊛女 ㊜適 ㊝優 ㊞印 ㊟注 ㊠項 ㊡休 ㊢写 ㊣正 ㊤上 ㊥中 ㊦下 ㊧左 ㊨右 ㊩医 ㊪宗 ㊫学 ㊬監 ㊭企 ㊮資 ㊯協 ㊰夜 ㊱36 ㊲37 ㊳38 ㊴39 ㊵40 ㊶41 \
    ㊷42 ㊸43 ㊹44 ㊺45 ㊻46 ㊼47 ㊽48 ㊾49 ㊿50 ㋀1月 ㋁2月 ㋂3月 ㋃4月 ㋄5月 ㋅6月 ㋆7月 ㋇8月 ㋈9月 ㋉10月 ㋊11月 ㋋12月 ㋌hg ㋍erg \
    ㋎ev ㋏ltd ㋿令和 ㌀アパート ㌁アルファ ㌂アンペア ㌃アール ㌄イニング ㌅インチ ㌆ウォン ㌇エスクード ㌈エーカー ㌉オンス ㌊オーム ㌋カイリ ㌌カラット ㌍カロリー ㌎ガロン \
    ㌏ガンマ ㌐ギガ ㌑ギニー ㌒キュリー ㌓ギルダー ㌔キロ ㌕キログラム ㌖キロメートル ㌗キロワット ㌘グラム ㌙グラムトン ㌚クルゼイロ ㌛クローネ ㌜ケース ㌝コルナ ㌞コーポ \
    ㌟サイクル ㌠サンチーム ㌡シリング ㌢センチ ㌣セント ㌤ダース ㌥デシ ㌦ドル ㌧トン ㌨ナノ ㌩ノット ㌪ハイツ ㌫パーセント ㌬パーツ ㌭バーレル ㌮ピアストル ㌯ピクル ㌰ピコ \
    ㌱ビル ㌲ファラッド ㌳フィート ㌴ブッシェル ㌵フラン ㌶ヘクタール ㌷ペソ ㌸ペニヒ ㌹ヘルツ ㌺ペンス ㌻ページ ㌼ベータ ㌽ポイント ㌾ボルト ㌿ホン ㍀ポンド ㍁ホール ㍂ホーン \
    ㍃マイクロ ㍄マイル ㍅マッハ ㍆マルク ㍇マンション ㍈ミクロン ㍉ミリ ㍊ミリバール ㍋メガ ㍌メガトン ㍍メートル ㍎ヤード ㍏ヤール ㍐ユアン ㍑リットル ㍒リラ ㍓ルピー ㍔ルーブル \
    ㍕レム ㍖レントゲン ㍗ワット ㍘0点 ㍙1点 ㍚2点 ㍛3点 ㍜4点 ㍝5点 ㍞6点 ㍟7点 ㍠8点 ㍡9点 ㍢10点 ㍣11点 ㍤12点 ㍥13点 ㍦14点 ㍧15点 ㍨16点 ㍩17点 \
    ㍪18点 ㍫19点 ㍬20点 ㍭21点 ㍮22点 ㍯23点 ㍰24点 ㍱hpa ㍲da ㍳au ㍴bar ㍵ov ㍶pc ㍷dm ㍸dm2 ㍹dm3 ㍺iu ㍻平成 ㍼昭和 ㍽大正 ㍾明治 \
    ㍿株式会社 ㎀pa ㎁na ㎂μa ㎃ma ㎄ka ㎅kb ㎆mb ㎇gb ㎈cal ㎉kcal ㎊pf ㎋nf ㎌μf ㎍μg ㎎mg ㎏kg ㎐hz ㎑khz ㎒mhz ㎓ghz ㎔thz \
    ㎕μl ㎖ml ㎗dl ㎘kl ㎙fm ㎚nm ㎛μm ㎜mm ㎝cm ㎞km ㎟mm2 ㎠cm2 ㎡m2 ㎢km2 ㎣mm3 ㎤cm3 ㎥m3 ㎦km3 ㎧m∕s ㎨m∕s2 ㎩pa \
    ㎪kpa ㎫mpa ㎬gpa ㎭rad ㎮rad∕s ㎯rad∕s2 ㎰ps ㎱ns ㎲μs ㎳ms ㎴pv ㎵nv ㎶μv ㎷mv ㎸kv ㎹mv ㎺pw ㎻nw ㎼μw ㎽mw ㎾kw \
    ㎿mw ㏀kω ㏁mω ㏂a.m. ㏃bq ㏄cc ㏅cd ㏆c∕kg ㏇co. ㏈db ㏉gy ㏊ha ㏋hp ㏌in ㏍kk ㏎km ㏏kt ㏐lm ㏑ln ㏒log ㏓lx ㏔mb \
    ㏕mil ㏖mol ㏗ph ㏘p.m. ㏙ppm ㏚pr ㏛sr ㏜sv ㏝wb ㏞v∕m ㏟a∕m ㏠1日 ㏡2日 ㏢3日 ㏣4日 ㏤5日 ㏥6日 ㏦7日 ㏧8日 ㏨9日 ㏩10日 ㏪11日 \
    ㏫12日 ㏬13日 ㏭14日 ㏮15日 ㏯16日 ㏰17日 ㏱18日 ㏲19日 ㏳20日 ㏴21日 ㏵22日 ㏶23日 ㏷24日 ㏸25日 ㏹26日 ㏺27日 ㏻28日 ㏼29日 ㏽30日 \
    ㏾31日 ㏿gal 塚塚 晴晴 凞凞 猪猪 益益 礼礼 神神 祥祥 福福 靖靖 精精 羽羽 蘒蘒 諸諸 逸逸 都都 飯飯 飼飼 館館 鶴鶴 郞郞 隷隷 侮侮 僧僧 免免 勉勉 勤勤 卑卑 喝喝 \
    嘆嘆 器器 塀塀 墨墨 層層 屮屮 悔悔 慨慨 憎憎 懲懲 敏敏 既既 暑暑 梅梅 海海 渚渚 漢漢 煮煮 爫爫 琢琢 碑碑 社社 祉祉 祈祈 祐祐 祖祖 祝祝 禍禍 禎禎 穀穀 突突 節節 \
    練練 縉縉 繁繁 署署 者者 臭臭 艹艹 艹艹 著著 褐褐 視視 謁謁 謹謹 賓賓 贈贈 辶辶 逸逸 難難 響響 頻頻 恵恵 舘舘 ﬀff ﬁfi ﬂfl ﬃffi ﬄffl ﬅst ﬆst";

/// Half-width katakana from U+FF61 on, in full width.
const HALF_WIDTH: &str = "。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン゛゜";

/// What is written for a hyphen, a minus, a dash or the long-vowel mark.
const DASHES: &str = "-ー‐‑‒–—―−─━﹣﹘－⁻₋˗⁃➖";
pub(super) const DASH: char = 'ー';

pub(super) const VOICING: char = '゛';
pub(super) const HALF_VOICING: char = '゜';

/// Of each unit: 0 for itself, another unit, or [`SEVERAL`] and the place of what stands for it. No unit that is a surrogate
/// is a character, so that those are free to mean that.
pub(super) struct Letters {
    table: Box<[u16]>,
    several: Vec<Box<str>>,
}

const SEVERAL: u16 = 0xd800;

/// The table, made when it is first asked for.
pub(super) fn letters() -> &'static Letters {
    static LETTERS: OnceLock<Letters> = OnceLock::new();
    LETTERS.get_or_init(Letters::new)
}

impl Letters {
    /// Gives what a character is written as, letter by letter.
    #[inline]
    pub(super) fn each(&self, letter: char, mut with: impl FnMut(char)) {
        let stored = self.table.get(letter as usize).copied().unwrap_or(0);
        match (stored, char::from_u32(u32::from(stored))) {
            (0, _) => with(letter),
            (_, Some(other)) => with(other),
            (place, None) => {
                let text = self.several.get(usize::from(place.wrapping_sub(SEVERAL)));
                text.map_or("", |text| text).chars().for_each(with);
            }
        }
    }

    fn new() -> Self {
        let mut letters = Self { table: vec![0; 0x1_0000].into(), several: Vec::new() };
        letters.plain();
        letters.run('Α', 'Ω', 'α');
        letters.run('А', 'Я', 'а');
        letters.run('À', 'Ö', 'à');
        letters.run('Ø', 'Þ', 'ø');
        // Hiragana as katakana; the small voiced ones and the marks of iteration stand in the same order.
        letters.run('ぁ', 'ゖ', 'ァ');
        letters.run('ゝ', 'ゞ', 'ヽ');
        let half = (0xff61..=0xff9f).filter_map(char::from_u32);
        half.zip(HALF_WIDTH.chars()).for_each(|(half, full)| letters.put(half, full));
        for (voiced, plain) in [('ヴ', 'ブ'), ('ゔ', 'ブ'), ('ヷ', 'バ'), ('ヸ', 'ビ'), ('ヹ', 'ベ'), ('ヺ', 'ボ')]
        {
            letters.put(voiced, plain);
        }
        for (mark, plain) in
            [('\u{3099}', VOICING), ('\u{309a}', HALF_VOICING), ('〜', '~'), ('·', '・'), ('\u{2044}', '/')]
        {
            letters.put(mark, plain);
        }
        let mut kanji = OLD_KANJI.chars();
        while let (Some(old), Some(new)) = (kanji.next(), kanji.next()) {
            letters.put(old, new);
        }
        letters.signs();
        DASHES.chars().for_each(|dash| letters.put(dash, DASH));
        letters
    }

    /// ASCII and its full-width forms, blanks and control characters.
    fn plain(&mut self) {
        for code in (0..0xa1_u32).chain([0x2000, 0x3000]) {
            let Some(letter) = char::from_u32(code) else { continue };
            if letter.is_control() || letter.is_whitespace() {
                self.put(letter, ' ');
            } else if letter.is_ascii_uppercase() {
                self.put(letter, letter.to_ascii_lowercase());
            }
        }
        for blank in '\u{2001}'..='\u{200b}' {
            self.put(blank, ' ');
        }
        self.put('\u{feff}', ' ');
        for (wide, plain) in ('！'..='～').zip('!'..='~') {
            self.put(wide, plain.to_ascii_lowercase());
        }
    }

    fn signs(&mut self) {
        for sign in SIGNS.split(' ') {
            let mut rest = sign.chars();
            let Some(letter) = rest.next() else { continue };
            // What a sign stands for goes through the same table: the katakana of a unit, a minus.
            let mut text = String::new();
            rest.clone().for_each(|part| self.each(part, |folded| text.push(folded)));
            let mut folded = text.chars();
            match (folded.next(), folded.next()) {
                (Some(only), None) => self.put(letter, only),
                _ => {
                    let place = u16::try_from(self.several.len()).unwrap_or(u16::MAX);
                    if let Some(stored) = SEVERAL.checked_add(place).filter(|stored| *stored < 0xe000) {
                        self.several.push(text.into());
                        self.store(letter, stored);
                    }
                }
            }
        }
    }

    /// The characters from one to another become those from a third on.
    fn run(&mut self, first: char, last: char, to: char) {
        for (place, letter) in (first..=last).enumerate() {
            let other = u32::try_from(place).ok().and_then(|place| char::from_u32(u32::from(to) + place));
            self.put(letter, other.unwrap_or(letter));
        }
    }

    fn put(&mut self, letter: char, other: char) {
        self.store(letter, u16::try_from(u32::from(other)).unwrap_or(0));
    }

    fn store(&mut self, letter: char, stored: u16) {
        if let Some(place) = self.table.get_mut(letter as usize) {
            // A character that stands for itself needs no entry.
            *place = if u32::from(stored) == u32::from(letter) { 0 } else { stored };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_whole() {
        assert_eq!(OLD_KANJI.chars().count() % 2, 0);
        assert_eq!(HALF_WIDTH.chars().count(), 0xff9f - 0xff61 + 1);
        assert!(SIGNS.split(' ').all(|sign| sign.chars().count() >= 2));
        let mut kanji = OLD_KANJI.chars();
        while let (Some(old), Some(new)) = (kanji.next(), kanji.next()) {
            let mut out = String::new();
            letters().each(old, |letter| out.push(letter));
            assert_eq!(out, new.to_string(), "{old}");
            out.clear();
            letters().each(new, |letter| out.push(letter));
            assert_eq!(out, new.to_string(), "{new} is the end of its row");
        }
    }
}
