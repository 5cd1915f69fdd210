import {test} from 'vitest'
import { parseXml, renderDocument } from '../../src/wire/xml.ts'
const show = (s: string) => { try { console.log(JSON.stringify(s).slice(0,90), '=>', JSON.stringify(parseXml(s))) } catch (e) { console.log(JSON.stringify(s).slice(0,90), 'ERR', (e as Error).constructor.name, (e as Error).message) } }
show('<r>&nbsp;&cent;&pound;&yen;&euro;&copy;&reg;</r>'); show('<r></r> <!-- x -->\n'); show('<r/>'); show('<r>  </r>'); show('<r> <a>1 </a> <a/> </r>'); show('<r a="1">x</r>'); show('<r/>junk'); show('<r/><s/>'); show('<a/><a/>'); show('<r>&#128512;&eacute;&nope;</r>')
show('<r>x]]&gt;y</r>'); show('<r><![CDATA[x]]]]><![CDATA[>y]]></r>'); show('<r>a&#13;b\r\nc</r>'); show('<r><a>1</b></r>'); show(''); show('not xml'); show('<html><body>503<br></body></html>'); show('<r>a & b</r>'); show('<r>&#0;</r>')
show('<?xml version="1.0"?>\n<!-- c --><r><!-- x -->a<!-- y -->b</r>\n'); show('<r><__proto__>x</__proto__></r>'); show('<r><constructor>x</constructor></r>'); show('<r><toString>x</toString></r>')
show('<r><A.B.C>x</A.B.C></r>'); show('<r><a>00123</a><a>1E5</a><a>true</a></r>'); show('<r x="a&amp;b &#10;c"/>'); show('<r>&amp;#233; &amp;amp;</r>'); show('<r>a<![CDATA[ <b> ]]>c</r>'); show('<r><a>x</a>tail<b/></r>'); show('<r'); show('<r>x'); show('<r>]]></r>'); show('\ufeff<r/>'); show('<?xml version="1.0"?><?pi x?><r/>'); show('<r><a/>  <![CDATA[  ]]></r>')
show(renderDocument(['r', [['a', ' <>&"\' ]]> \r\n\t ', {k: '"<\n'}], ['b', '']]]))
test('x',()=>{})
