/** x */
import { afterAll, beforeAll, it } from 'vitest'
import { startGateway, type TestGateway } from '../support/gateway.ts'
let g: TestGateway
beforeAll(async () => { g = await startGateway({ customers: 40 }) })
afterAll(() => g.close())
it('x', async () => {
  const go = async (p: string, f: string, more = '') => {
    const { status, body } = await g.request('GET', `/v1/${p}?filter=${encodeURIComponent(f)}${more}`)
    console.log(p, f, more, status, status === 200 ? `${body.data.length}/${body.page.total} ${JSON.stringify(body.connections)} ${JSON.stringify(body.data.slice(0, 3).map((r: any) => r.id))}` : `${body.code} | ${body.detail} | ${JSON.stringify(body.errors)} | ${body.connection} | up ${JSON.stringify(body.upstream)}`)
  }
  for (const f of ['status==posted','status!=posted','method==check','method!=check','method=in=(eft,wire)','undeposited==true','undeposited!=true','undeposited=in=(true,false)','undeposited=out=(true)','undeposited=null=true','depositTo==x','methodRef.name==Check','status==reconciled','status=null=true','unappliedAmount=gt=0','appliedAmount=gt=0','exchangeRate=gt=1','statusText==x','idempotencyKey==abcdefgh','entity==1','memo=null=true','reference==1*','vendorFields.RECORDNO=gt=5','vendorFields.id=gt=5','customFields.nope==1','id==pay_intacct_abc','id==pay_netsuite_abc','id!=pay_netsuite_1','externalId==x'])
    for (const c of ['netsuite','intacct']) await go('payments', f, `&connection=${c}`)
  for (const f of ['status==open','status!=open','status=in=(paid,partiallyPaid)','status==unknown','id==inv_intacct_debit-5','id!=inv_intacct_101','customer.number==ACME','customer==cus_intacct_ACME,customer==cus_netsuite_456'])
    for (const c of ['netsuite','intacct']) await go('invoices', f, `&connection=${c}`)
  for (const f of ['id=in=(cus_netsuite_456,cus_intacct_ACME)','id==cus_intacct_ACME','id==cus_nope_1','stage==13','type==person','onHold==true','onHold!=true','parent=null=false','parent.name=="x"','terms=="Net 30"','terms==2','terms.name=="Net 30"','taxable==true','vendorFields.CREDITLIMIT=gt=1000','vendorFields.creditlimit=gt=1000','customFields.custentity_region==West','vendorFields.NOPE==1','name=gt=M','name==*','comments=null=true','creditLimit=null=true','overdueBalance=gt=0','id==cus_netsuite_456;id==cus_intacct_ACME','updatedAt=ge=2026-01-01T00:00:00.5Z', 'name=="50%*"', 'entity.name==x', 'category.name==Corporate','salesRep.name=="Sales Desk"','priceLevel==1', 'receivablesAccount==119'])
    await go('customers', f)
  await go('customers', 'id==cus_intacct_ACME', '&connection=netsuite')
  await go('customers', 'stage==13', '&partial=true')
  await go('customers', 'name==A*', '&sort=-name&limit=3')
  await go('customers', 'name==A*', '&sort=overdueBalance')
}, 60000)
