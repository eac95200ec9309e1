/**
 * The concepts of words in headings and labels, in the eight languages of the extension:
 * - `qr`, `code`, `id` and `number` name QR code IDs.
 * - `attribute` is a property of a QR code.
 * - `thing` is another thing with IDs of its own.
 * - `keep`, `live`, `cancel`, `old` and `new` distinguish two columns of IDs.
 * - `not`, `except` and `already` say, alone or with `cancel`, that IDs must not be cancelled.
 * - `these` refers to IDs and turns a heading into a sentence.
 * - `filler` has no meaning here.
 */
export type HeadingConcept =
  | 'qr'
  | 'code'
  | 'id'
  | 'number'
  | 'attribute'
  | 'thing'
  | 'keep'
  | 'live'
  | 'not'
  | 'except'
  | 'already'
  | 'cancel'
  | 'old'
  | 'new'
  | 'these'
  | 'filler';

export const HEADING_WORDS: Readonly<Record<HeadingConcept, string>> = {
  qr: `qr qrs qrcode qrcodes qrcodeid qrcodeids qrid qrids qrno qrcodeno क्यूआर क्यू क्युआर क्यूआर्कोड க்யூஆர் கியூஆர் క్యూఆర్
    কিউআর কিউ ક્યુઆર ક્યૂઆર ક્યુ ಕ್ಯೂಆರ್ ಕ್ಯುಆರ್`,
  code: 'code codes कोड குறியீடு குறியீட்டு கோட் కోడ్ কোড કોડ ಕೋಡ್',
  id: `id ids identifier uid आईडी आयडी आइडी ஐடி அடையாளம் ఐడి ఐడీ আইডি આઈડી આઇડી ಐಡಿ`,
  number: `no nos number numbers num nr क्रमांक संख्या नंबर नं नम्बर क्र எண் సంఖ్య నంబర్ নম্বর নং সংখ্যা નંબર ક્રમાંક નં ಸಂಖ್ಯೆ ನಂಬರ್`,
  attribute: `name status state type kind amount amt price value rate image picture photo png url link links date time created
    updated modified createdon modifiedon expiry expires validity uses usage count counter description desc remark remarks note
    notes comment comments counters base64 payload currency नाम स्थिति राशि रकम दिनांक तारीख प्रकार टिप्पणी शेरा நிலை பெயர் தொகை
    தேதி குறிப்பு పేరు స్థితి స్టేటస్ మొత్తం తేదీ গ্রাহক নাম অবস্থা স্ট্যাটাস পরিমাণ তারিখ মন্তব্য નામ સ્થિતિ રકમ તારીખ નોંધ ಹೆಸರು ಸ್ಥಿತಿ ಮೊತ್ತ
    ದಿನಾಂಕ ಟಿಪ್ಪಣಿ`,
  thing: `payment pay payments payee payer order orders invoice bill billing txn txnid txns transaction transactions trans utr rrn
    arn customer customers cust client reference ref refno refund refunds settlement voucher vch receipt ticket tickets case issue
    complaint mobile phone telephone tel contact whatsapp gst gstin pan ifsc upi vpa account acct bank branch city district address
    pin pincode email mail sr srl serial sl s shop store outlet gate terminal terminals tid mid merchant device vendor supplier user
    employee emp agent staff batch sku item product model entity ledger group category subscription plan session token request
    response trace tracking awb shipment po purchase subject particulars narration region zone company firm party hsn qty quantity
    total balance imei ip aadhaar orderid paymentid customerid transactionid merchantid userid भुगतान पेमेंट ऑर्डर आदेश ग्राहक संदर्भ
    चालान बिल इनवॉइस लेनदेन व्यवहार मोबाइल मोबाईल फोन खाता खाते दुकान शाखा पावती क्र कुल விலைப்பட்டியல் பணம் கட்டணம் ஆர்டர் வாடிக்கையாளர்
    பரிவர்த்தனை குறிப்பு கடை கிளை மொபைல் చెల్లింపు పేమెంట్ ఆర్డర్ కస్టమర్ లావాదేవీ రిఫరెన్స్ మొబైల్ దుకాణం শাখা পেমেন্ট অর্ডার লেনদেন রেফারেন্স
    মোবাইল দোকান ચુકવણી પેમેન્ટ ઓર્ડર ગ્રાહક વ્યવહાર સંદર્ભ મોબાઇલ દુકાન શાખા ಪಾವತಿ ಆರ್ಡರ್ ಗ್ರಾಹಕ ವಹಿವಾಟು ಉಲ್ಲೇಖ ಮೊಬೈಲ್ ಅಂಗಡಿ ಶಾಖೆ`,
  keep: `keep kept keeping retain retained stays stay रखें रखना ठेवा வைத்திரு வைத்திருக்கவும் ఉంచు ఉంచండి রাখুন રાખો ಇರಿಸಿ`,
  live: 'live वैध',
  not: `not don dont never न ना मत नहीं mat nahi nahin नका नको नये nako naka வேண்டாம் கூடாது செய்யாதே செய்யாதீர்கள் వద్దు చేయవద్దు చేయొద్దు
    చేయకండి না নয় ন નહીં નહિ ન ಬೇಡ ಬೇಡಿ ಮಾಡಬೇಡಿ ಮಾಡಬೇಡ`,
  except: `except excepting excluding exclude excluded excludes सिवाय सिवा छोड़कर छोड़ अलावा siwa siwaye sivay alawa alava chhodkar chodkar वगळता
    वगळून सोडून शिवाय खेरीज தவிர தவிர்த்து తప్ప మినహా కాకుండా ছাড়া বাদে ব্যতীত સિવાય ಹೊರತುಪಡಿಸಿ ಹೊರತು ಬಿಟ್ಟು`,
  already: `already पहले आधीच यापूर्वी ஏற்கனவே ఇప్పటికే ఇదివరకే ইতিমধ্যে ইতোমধ্যে પહેલેથી અગાઉથી ಈಗಾಗಲೇ`,
  cancel: `cancel cancels cancelled canceled cancelling cancellation close closed delete deleted remove removed deactivate
    deactivated disable disabled block blocked stop stopped revoke revoked end रद्द बंद ரத்து రద్దు বাতিল રદ ರದ್ದು`,
  old: `old previous earlier former existing current expired lost पुराना पुराने जुना जुने பழைய పాత পুরানো পুরাতন જૂનો જૂના ಹಳೆಯ`,
  new: `new replacement replacing replaces replaced replace instead successor next नया नए नवीन नवा புதிய కొత్త নতুন નવો નવા ಹೊಸ`,
  these:
    'any these this those them all following इन्हें इनको सभी सब हे हा सर्व இவற்றை వీటిని এগুলি সব આને બધા ಇವುಗಳನ್ನು ಎಲ್ಲಾ',
  filler: `active the a of for to be by in with and or enkash list text here please do t करें करना करो से ही और एवं व तथा karo karna ko aur
    करा करू आणि किंवा செய்ய செய்யவும் மற்றும் చేయండి చేయ మరియు করুন করবেন করা এবং ও કરો કરવું અને જ ಮಾಡಿ ಮತ್ತು र का की के को च चा ची चे আর இன் యొక్క র
    ના ની ನ ஆர் ఆర్ આર ಆರ್ आर`,
};

/** The beginning of a total row, in the languages of the extension. */
export const TOTAL_WORDS =
  /^(?:(?:grand|sub|net)?[ -]?totals?|sum|count|कुल(?: योग)?|एकूण|योग|மொத்தம்|మొత్తం|মোট|કુલ|ಒಟ್ಟು)(?=$|[\s:=.\d(₹-])/iu;

/** Placeholders for a missing ID. */
export const NO_VALUE =
  /^(?:#(?:N\/?A|VALUE!?|NAME\??|REF!?|DIV\/0!?|NULL!?|NUM!?|SPILL!?|CALC!?|FIELD!?|GETTING_DATA|ERROR!?|WERT!?|BEZUG!?|#+)|null|nil|none|nan|n\/?a|na|undefined|void|tbd|tba|blank|empty|error|unknown|missing|pending|--+|__+|\?+|\.+|x+|0+)$/i;

/** Words of mails and notes that may be alone in a line. */
export const LETTER_WORDS = new Set(
  `thanks thank thankyou thanx regards best warm hello hi hey dear sir madam team all please pls plz kindly sincerely cheers yours
  today tomorrow yesterday urgent asap done okay yes cancel cancelled canceled active inactive expired status total from sent
  subject date cc bcc re fw fwd namaste good morning evening afternoon note notes attached attachment list codes code ids qr
  qrcode true false invalid valid name amount begin end page sheet sheet1 file image copy`.split(/\s+/),
);
