"""Dates and documents in the forms of many languages: text, and what is to be found in it, whole."""

from __future__ import annotations

import pytest

from extractor import Article, load
from extractor.article import find_parts


def facts(language, text, kind):
    return [fact for fact in load().extract(Article(text, language=language)).facts if fact.kind == kind]


DATES = [
    ("ja", "厚生労働省は2025年6月4日に統計を公表した。24年の出生数は68万6061人だった。20日に会議を開いた。", ["2025-06-04", "2024", "2025-06-20"]),
    ("ja", "長野県は2025年12月11日、警報を出した。9日付で通知した。", ["2025-12-11", "2025-12-09"]),
    ("ja", "長野県は2025年12月11日、発表した。1日に3回、3日間で20人、入院は平均14日、外来は24年間で最多。", ["2025-12-11"]),
    (
        "zh",
        "衛生網114年9月23日 18:40\n疾病管制署今(23)日公布，去(113)年10月1日至今(114)年9月22日累計20例。",
        ["2025-09-23", "2025-09-23", "2024-10-01/2025-09-22"],
    ),
    ("zh", "2024年第32周(5/8-11/8)新增45例。", ["2024", "2024-08-05/2024-08-11"]),
    ("en", "In 2024 the week (8/5-8/11) had 45 cases.", ["2024", "2024-08-05/2024-08-11"]),
    ("vi", "Năm 2024, từ 1/2-3/4 có 45 ca.", ["2024", "2024-02-01/2024-04-03"]),
    ("zh", "2025年6月20日，卫健委召开会议。23日，专家组抵达。连续3日，接诊20人。", ["2025-06-20", "2025-06-23"]),
    ("zh", "孕产妇死亡率降至12/10万，2024年为13/10万。以前一个月要跑两趟。", ["2024"]),
    (
        "ko",
        "질병 상황\n2025년 3월 12일\n2025년 3월 11일자 보고서에 따르면 환자가 늘었다. 11일 호남지방통계청에 따르면 의사가 줄었다.",
        ["2025-03-12", "2025-03-11", "2025-03-11"],
    ),
    ("th", "แผนพัฒนาสุขภาพ พ.ศ. ๒๕๖๖–๒๕๗๐ และ พ.ศ. 2566 - 2570", ["2023/2027", "2023/2027"]),
    ("ar", "صدر في 15 رمضان 1446 هـ، ثم في 1 جمادى الأولى 1447هـ.", ["2025-03-15", "2025-10-23"]),
    ("ar", "بلغ عددهم في عام 1441 نحو 52 طبيبا، وفي السنة المالية 1441 /1442 أكثر، وخلال العام 1441 مريضا.", ["2019/2020", "2019/2021"]),
    ("ar", "يعمل في الوزارة أقل من 1990 طبيب. وفي عام 2020 افتتح المستشفى.", ["2020"]),
    ("ro", "În 2021 au fost 1974 de cazuri: 2014 teste, mai multe decât în anul 2020.", ["2021", "2020"]),
    ("de", "In Bayern traten im Januar und Februar 2025 mindestens 43 Fälle auf.", ["2025-01/2025-02"]),
    ("pt", "Em 2024 o CDC informou: De janeiro a setembro, 13.940 pessoas foram ao posto.", ["2024", "2024-01/2024-09"]),
    ("en", "The hotline is open 24/7. On 24/7/2025 it closed.", ["2025-07-24"]),
    ("en", "Saudi Vision 2030 and influenza A/H1N1 (2009) are names. Vision 2045: life expectancy of 80 years.", ["2045"]),
    ("es", "Pidieron cumplir el Decreto 780 de 2016 y marcharán el 19 de marzo. Bogotá, 12 de marzo de 2025.", ["2025-03-19", "2025-03-12"]),
    ("en", "MANILA, 12 January 2026 - Cases were few in December and have risen since October.", ["2026-01-12", "2025-12", "2025-10/.."]),
    ("en", "MANILA, 20 October 2025 - The ward opens next January; the last one opened last December.", ["2025-10-20", "2026-01", "2024-12"]),
    ("en", "MANILA, 20 December 2025 - Units report before 20 January.", ["2025-12-20", "2026-01-20"]),
    ("ar", "الرباط، 20 أكتوبر 2025. يفتح الجناح في يناير المقبل.", ["2025-10-20", "2026-01"]),
    ("vi", "Ngày 12/1/2026, Sở Y tế tổng kết. Tháng 12, tỉnh ghi nhận 640 ca.", ["2026-01-12", "2025-12"]),
    ("en", "LAOS, Wednesday, 12 March - Spending rose in 2024 and will rise in 2026.", ["2025-03-12", "2024", "2026"]),
    (
        "id",
        "Klinik didirikan pada tahun 1965. Sejak 15 September rekam medis diganti. Pada 2025 pendapatan naik.",
        ["1965", "2025-09-15/..", "2025"],
    ),
    ("ms", "Rabu, 12 Mac. Selaras dengan Wawasan Brunei 2035. Pada 2024 dan 2025 ada kemajuan.", ["2025-03-12", "2035", "2024/2025"]),
    ("en", "Week 38 (9/14-9/20) was calm. The drive ran from 15/4 to 15/5. In 2025.", ["2025-09-14/2025-09-20", "2025-04-15/2025-05-15", "2025"]),
    ("vi", "Tuần qua (từ ngày 14 đến 20-4), tỉnh có thêm ca.", ["XXXX-04-14/XXXX-04-20"]),
    ("id", "Kampanye berlangsung dari 15/4 hingga 15/5.", ["XXXX-04-15/XXXX-05-15"]),
    (
        "id",
        "Pada 2024, Hari Dokter Vietnam (27-2), Hari Kanker (4.2) dan Hari Kesehatan Sedunia 7-4 diperingati. Hari rawat rata-rata 5-7 (6.5).",
        ["2024", "2024-02-27", "2024-02-04", "2024-04-07"],
    ),
    ("ms", "Di bawah Akta Pencegahan Penyakit 1988 (Akta 342), kantin ditutup dari 9 hingga 16 Julai.", ["XXXX-07-09/XXXX-07-16"]),
    ("ms", "Di bawah Akta Makanan 1983, 12 kantin ditutup pada 9 Julai. Tahun 2024 hanya tiga.", ["2024-07-09", "2024"]),
    ("ms", "Hari Penduduk Vietnam 26-12 disambut pada tahun 2024; 12-26 orang hadir.", ["2024-12-26", "2024"]),
    ("zh", "2025年前三季度，门诊量上升。医院创建于130年前。", ["2025-01/2025-09"]),
    ("en", "In the first three quarters of 2025 the wards were full.", ["2025-01/2025-09"]),
    ("en", "In the 12 months to June 2025.", ["2024-07/2025-06"]),
    ("de", "Vision 2045\nDie Menschen leben gesund.", ["2045"]),
    ("ms", "Wawasan 2045\nRakyat hidup sihat.", ["2045"]),
    ("ms", "Menjelang akhir Disember 10/11 sasaran dicapai. Tahun 2025.", ["2025-12", "2025"]),
    ("en", "Beds grow\nThe ward was opened.\nCOPYRIGHT © Health News 2025", []),
    ("en", "Cases of dengue rose from January to March this year, said the city.", ["XXXX-01/XXXX-03"]),
    ("en", "The 2023 measles outbreak followed the 2021 Covid-19 pandemic.", ["2023", "2021"]),
    ("en", "The plan for 2021-2030 with a vision towards 2050 calls for clinics.", ["2021/2030", "2050"]),
    ("ko", "2026년 2월 2일 도청은 올해 12월 병원을 연다고 밝혔다.", ["2026-02-02", "2026-12"]),
    ("id", "Kasus terbanyak tercatat pada pekan ke-25 Juni 2021.", ["2021-06"]),
    ("ms", "Sehingga minggu ke-39 September 2025, 12 kluster dilaporkan.", ["2025-09"]),
    ("vi", "Cập nhật: 08:15 - 21/03/2024\nTỉnh có 12 trạm.", ["2024-03-21"]),
    ("th", "งบบัตรทองปี 69 กว่าครึ่งใช้หมดแล้ว", ["2026"]),
    ("th", "เป้าหมายทั้งปี 95% ปี 2568", ["2025"]),
    ("th", "สิ้นเดือน ม.ค. 68 พบผู้ป่วย ช่วง ต.ค.67-ก.ย.68 ลดลง", ["2025-01", "2024-10/2025-09"]),
    ("th", "28 ธ.ค.67 - 3 ม.ค.68 และวันที่ 1-15 ก.ค.68", ["2024-12-28/2025-01-03", "2025-07-01/2025-07-15"]),
    ("th", "ในเดือน ก.ย. 66 ราย ปี 2568", ["2025-09", "2025"]),
    (
        "vi",
        "Ngày 2 - 3/11/2024, hai ngày 5 và 6/12/2024, từ ngày 10 đến 12 tháng 9 năm 2024.",
        ["2024-11-02/2024-11-03", "2024-12-05/2024-12-06", "2024-09-10/2024-09-12"],
    ),
    ("vi", "Các ngày 2, 3 và 4/11/2024, đoàn khám lưu động.", ["2024-11-02/2024-11-04"]),
    ("zh", "2014年4月21日公布，今年截至5/11累計43例。", ["2014-04-21", "2014-05-11"]),
    ("zh", "截至2014年4月21日，全省报告麻疹。\n市人委会副主席阮氏香女士21日表示，将采取措施。", ["2014-04-21", "2014-04-21"]),
    ("it", "Pubblicato 2024-03, Maggio 9, 2024, nella stagione 2011-12.", ["2024-03", "2024-05-09", "2011/2012"]),
    ("pt", "Publicada na 6ª feira (14.mar), soma casos de jan-mar/2024.", ["2024-03-14", "2024-01/2024-03"]),
    ("fr", "En 2023-24, selon le décret n° 2023-24 et l'arrêté n° 2022-23.", ["2023/2024"]),
    ("es", "Hanoi, 8 jul (VNA).- Informe de 2024.", ["2024-07-08", "2024"]),
    ("ja", "2024年8月20日\n患者は1968年生まれのKさんで、5月末に飼い犬に噛まれた。", ["2024-08-20", "1968", "2024-05"]),
]


@pytest.mark.parametrize(("language", "text", "values"), DATES)
def test_dates(language, text, values):
    assert [fact.value for fact in facts(language, text, "date")] == values


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The press conference begins at 5.30 pm."),
        ("id", "Rapat dimulai pukul 09.30 WIB sampai 12.15 WIB."),
        ("it", "La conferenza inizia alle ore 17.30."),
        ("ms", "Majlis bermula jam 5.30 petang."),
        ("de", "Die Sitzung beginnt um 17.30 Uhr."),
        ("ro", "Ședința începe la ora 17.30."),
        ("fr", "L'agenda 2030 est clair."),
    ],
)
def test_clock_times_and_names_hold_no_fact(language, text):
    assert load().extract(Article(text, language=language)).facts == ()


@pytest.mark.parametrize(
    ("language", "text", "periods"),
    [
        ("id", "Prevalensi stunting menurut SSGI 2024 adalah 19,8 persen; Riskesdas 2018 mencatat 30,8 persen.", ["2024", "2018"]),
        ("id", "Prevalensi stunting 35,2 persen, demikian hasil Survei Status Gizi Indonesia (SSGI) 2024.", ["2024"]),
        ("es", "Según la ENDES 2023, el 12% de los niños tiene anemia.", ["2023"]),
        ("pt", "Segundo o EMMU 2022, 39% das mulheres foram vacinadas.", ["2022"]),
    ],
)
def test_year_of_a_survey_is_no_date_but_a_period(language, text, periods):
    assert facts(language, text, "date") == []
    assert [fact.period for fact in facts(language, text, "metric")] == periods


@pytest.mark.parametrize(
    ("language", "text", "moments"),
    [
        ("en", "In 9 months the sector examined many. Written on 3 October 2025.", ["2025-01/2025-09"]),
        ("vi", "Trong 9 tháng, toàn ngành khám nhiều lượt. Ngày 3/10/2025.", ["2025-01/2025-09"]),
        ("vi", "Trong 6 tháng tới, ngành sẽ khám. Ngày 3/10/2025.", []),
        ("en", "In 2 months the sector examined many. Written on 3 October 2025.", []),
        ("en", "Since the beginning of the year to 14 July 2025, cases rose.", ["2025-01-01/2025-07-14"]),
        ("id", "Sejak awal tahun hingga 14 Juli 2025, kasus naik.", ["2025-01-01/2025-07-14"]),
    ],
)
def test_spans_of_months_that_are_no_dates_are_moments(language, text, moments):
    context, _ = load().recognize(Article(text), language, find_parts(text))
    assert [moment.value for moment in context.moments if moment.role == "relative"] == moments


DOCUMENTS = [
    (
        "id",
        "Surat Edaran Menteri Kesehatan Nomor HK.02.01/MENKES/2143/2024 tanggal 25 Maret 2024.",
        [("HK.02.01/MENKES/2143/2024", "circular", "2024-03-25")],
    ),
    ("ms", "Ordinan Kesihatan Awam (Pindaan) 2025 dan Perintah Eksais 2006.", [(None, "ordinance", None), (None, "decision", None)]),
    ("ms", "Akta Pencegahan dan Pengawalan Penyakit Berjangkit 1988 [Akta 342] dipinda.", [("342", "law", None)]),
    ("ms", "Pekeliling Ketua Pengarah Kesihatan Bil. 7/2024.", [("7/2024", "circular", None)]),
    ("en", "Regulation (EC) No 178/2002 and Directive 2011/24/EU.", [("178/2002", "regulation", None), ("2011/24", "directive", None)]),
    ("de", "Die Verordnung (EU) Nr. 536/2014 gilt.", [("536/2014", "regulation", None)]),
    ("de", "Das Bundesgesetz über die Förderung der Ausbildung (SR 811.22) gilt.", [("SR 811.22", "law", None)]),
    ("de", "Das Gesetz vom 12. Mai 2023 (BGBl. I Nr. 123) regelt dies.", [("BGBl. I Nr. 123", "law", "2023-05-12")]),
    ("fr", "L'arrêté du 3 juin 2024 et le décret n° 2024-123.", [(None, "decision", "2024-06-03"), ("2024-123", "decree", None)]),
    ("it", "La circolare del Ministero della Salute del 18 luglio 2025 chiede di agire.", [(None, "circular", "2025-07-18")]),
    ("it", "Il D.L. 73/2024 e il D.Lgs. 12 gennaio 2024, n. 5.", [("73/2024", "decree", None), ("5/2024", "decree", "2024-01-12")]),
    ("pt", "O Decreto-Lei n.º 118/2022, de 23 de setembro.", [("118/2022", "decree", "2022-09-23")]),
    ("es", "El Real Decreto 123/2024, de 6 de febrero, y la Ley 1751 de 2015.", [("123/2024", "decree", "2024-02-06"), ("1751/2015", "law", None)]),
    (
        "ru",
        "Приказ Минздрава России от 19.02.2024 № 69н и СанПиН 3.3686-21.",
        [("69н", "decision", "2024-02-19"), ("СанПиН 3.3686-21", "regulation", None)],
    ),
    ("ru", "Приказ министра от 30 октября 2020 года № ҚР ДСМ-174/2020.", [("ҚР ДСМ-174/2020", "decision", "2020-10-30")]),
    (
        "ja",
        "厚生労働省告示第123号と令和6年文部科学省令第1号。通知（7感対第318号）も出した。",
        [("厚生労働省告示第123号", "notice", None), ("令和6年文部科学省令第1号", "decision", None), ("7感対第318号", "notice", None)],
    ),
    (
        "ko",
        "2026년 3월 27일 시행되는 「돌봄통합지원법」(법률 제20415호)과 「돌봄 조례」(조례 제5784호)",
        [("법률 제20415호", "law", None), ("조례 제5784호", "ordinance", None)],
    ),
    ("zh", "根据国卫医发〔2024〕5号文件。", [("国卫医发〔2024〕5号", "notice", None)]),
    ("zh", "《关于医养结合的实施意见》（川卫发〔2025〕16号），《意见》提出目标。", [("川卫发〔2025〕16号", "opinion", None)]),
    ("zh", "政治局2025年9月9日关于若干突破性措施、加强保护的第72-NQ/TW号决议。", [("72-NQ/TW", "resolution", "2025-09-09")]),
    ("th", "ตามพระราชบัญญัติกำหนดแผนและขั้นตอนการกระจายอำนาจให้แก่องค์กรปกครองส่วนท้องถิ่น พ.ศ. 2542", [("พ.ศ. 2542", "law", None)]),
    ("th", "คณะรัฐมนตรีมีมติเมื่อวันที่ ๑๗ มิถุนายน ๒๕๖๘", []),
    ("ar", "المرسوم الملكي رقم (م/11) وتاريخ 23/3/1426هـ.", [("م/11", "decree", "2005-05-02")]),
    ("ar", "نشر القرار رقم 72 للمكتب السياسي.", [("72-NQ/TW", "resolution", None)]),
    (
        "en",
        "Executive Order 14212, S.O. 2034(E) and AO No. 2020-0058.",
        [("14212", "decision", None), ("S.O. 2034(E)", "notice", None), ("2020-0058", "decision", None)],
    ),
    ("en", "The Universal Health Care Act took effect.", [(None, "law", None)]),
    ("en", "The assembly's Resolution 103/2023 and Decree No. 134/2024.", [("103/2023", "resolution", None), ("134/2024", "decree", None)]),
    ("ko", "정치국은 결의안 72호(72-NQ/TW)를 발표했다.", [("72-NQ/TW", "resolution", None)]),
    ("en", "The Politburo issued Resolution No. 20 (20-NQ/TW).", [("20-NQ/TW", "resolution", None)]),
    ("zh", "卫生部颁布的327号决定已经生效。", [("327", "decision", None)]),
    ("zh", "国务院关于加强老年健康服务的意见已经印发。专家关于健康的意见不一。", [(None, "opinion", None)]),
    ("en", "Plan No. 14/KH-UBND dated 21 January sets it. It runs in 2025.", [("14/KH-UBND", "plan", "2025-01-21")]),
    ("id", "Rencana No. 14/KH-UBND tanggal 21 Januari berlaku. Dimulai pada 2025.", [("14/KH-UBND", "plan", "2025-01-21")]),
    ("ja", "1月15日付の計画第18/KH-UBND号。2025年に始まる。", [("18/KH-UBND", "plan", "2025-01-15")]),
    ("zh", "主席签发第2213号决定，大会通过WHA77.8号决议。", [("2213", "decision", None), ("WHA77.8", "resolution", None)]),
    ("vi", "Pháp lệnh Dân số sửa đổi bỏ quy định.", [(None, "ordinance", None)]),
    ("es", "La Ley de Examen y Tratamiento Médicos y el Plan N.º 61/KH-UBND.", [(None, "law", None), ("61/KH-UBND", "plan", None)]),
    ("es", "La Circular N.° 38 y el Plan Nacional de Salud 2021-2030.", [("38", "circular", None)]),
    ("fr", "Le Plan national de développement sanitaire 2021-2025.", []),
    ("es", "La Directiva N.º 25-CT/TW del Secretariado, de 25 de octubre de 2023.", [("25-CT/TW", "directive", "2023-10-25")]),
]


@pytest.mark.parametrize(("language", "text", "documents"), DOCUMENTS)
def test_documents(language, text, documents):
    assert [(fact.number, fact.type, fact.date) for fact in facts(language, text, "resolution")] == documents


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Resolutions 20 and 21-NQ/TW, Resolution No. 282 / NQ - CP and No. 311."),
        ("id", "Resolusi No. 20 dan 21-NQ/TW serta Resolusi No. 282/NQ-CP dan No. 311."),
        ("ms", "Resolusi No. 20 dan 21-NQ/TW serta Resolusi No. 282/NQ-CP dan No. 311."),
        ("fr", "Les résolutions n° 20 et 21-NQ/TW, la résolution n° 282/NQ-CP et n° 311."),
        ("es", "Las Resoluciones N.º 20 y 21-NQ/TW y la Resolución n.º 282/NQ-CP y n.º 311."),
        ("pt", "As Resoluções n.º 20 e 21-NQ/TW e a Resolução nº 282/NQ-CP e nº 311."),
        ("it", "Le risoluzioni n. 20 e 21-NQ/TW e la risoluzione n. 282/NQ-CP e n. 311."),
        ("ro", "Rezoluțiile nr. 20 și 21-NQ/TW și Rezoluția nr. 282/NQ-CP și nr. 311."),
        ("de", "Die Resolutionen Nr. 20 und 21-NQ/TW sowie Resolution Nr. 282/NQ-CP und Nr. 311."),
        ("ru", "Резолюции № 20 и 21-NQ/TW; Постановление № 282/NQ-CP и № 311."),
        ("ar", "القراران رقم 20 و21-NQ/TW والقرار رقم 282/NQ-CP ورقم 311."),
        ("vi", "Nghị quyết số 20 và 21-NQ/TW; Nghị quyết số 282/NQ-CP và số 311."),
        ("zh", "第20和21-NQ/TW号决议，政府第282/NQ-CP号和第311号决议。"),
    ],
)
def test_numbers_that_share_a_symbol(language, text):
    numbers = [fact.number for fact in facts(language, text, "resolution")]
    assert numbers == ["20-NQ/TW", "21-NQ/TW", "282/NQ-CP", "311/NQ-CP"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The Politburo's Resolution 57 is implemented."),
        ("ko", "정치국의 결의 57을 실행한다."),
        ("ja", "政治局決議57号を実施する。"),
        ("vi", "Nghị quyết 57 của Bộ Chính trị."),
        ("zh", "第57号政治局决议得到落实。"),
        ("zh", "落实政治局第57号决议。"),
        ("zh", "政治局关于发展科技的决议（第57号决议）得到落实。"),
        ("en", "The resolution of the Politburo on science and technology (Resolution 57) is implemented."),
        ("ko", "정치국 제57호 결의를 실행한다."),
    ],
)
def test_type_number_and_issuer_make_a_number_whole(language, text):
    assert [fact.number for fact in facts(language, text, "resolution")] == ["57-NQ/TW"]


def test_day_without_a_year_takes_that_of_the_number_where_the_text_has_none():
    """A document with a year and a day without one, and no other year in the text."""
    fact = facts("pt", "O Decreto-Lei n.º 118/2022, de 23 de setembro.", "resolution")[0]
    assert fact.date == "2022-09-23"


def test_an_anniversary_speaks_of_the_year_in_which_it_is_kept():
    text = (
        "Doctors' Day\n\nThe health sector kept the 70th Vietnamese Doctors' Day (27/02/1955 - 27/02/2025). The whole sector has 5,500 workers, "
        "19 hospitals and 204 health stations; 95% of the population have health insurance."
    )
    found = load().extract(Article(text, language="en")).facts
    assert next(fact.value for fact in found if fact.kind == "date") == "1955-02-27/2025-02-27"
    assert {fact.period for fact in found if fact.kind == "metric"} == {"2025"}
