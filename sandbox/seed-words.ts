/** A made-up shop. `handle` is the part of its UPI address before the @, `sells` the purpose of its QR codes. */
export interface Shop {
  name: string;
  handle: string;
  city: string;
  sells: readonly string[];
}

export const SHOPS: readonly Shop[] = [
  {
    name: 'Annapurna Provision Stores',
    handle: 'annapurna.stores',
    city: 'Pune',
    sells: ['Monthly ration', 'Home delivery', 'Counter 1'],
  },
  {
    name: 'Meher Textiles',
    handle: 'meher.textiles',
    city: 'Surat',
    sells: ['Wholesale lot', 'Invoice', 'Curtain order'],
  },
  {
    name: 'Saffron Lane Sweets',
    handle: 'saffronlane.sweets',
    city: 'Jaipur',
    sells: ['Festival order', 'Wedding boxes', 'Counter 2'],
  },
  {
    name: 'Kaveri Coffee Works',
    handle: 'kaveri.coffee',
    city: 'Mysuru',
    sells: ['Table 7', 'Bean subscription', 'Counter 1'],
  },
  {
    name: 'Shri Ganesh Electricals',
    handle: 'ganesh.electricals',
    city: 'Nashik',
    sells: ['Repair charges', 'Invoice', 'Fan fitting'],
  },
  {
    name: 'Blue Lotus Pharmacy',
    handle: 'bluelotus.pharmacy',
    city: 'Kochi',
    sells: ['Prescription', 'Home delivery', 'Counter 1'],
  },
  {
    name: 'Chandni Chowk Chaat House',
    handle: 'cc.chaathouse',
    city: 'Delhi',
    sells: ['Table 12', 'Party platter', 'Takeaway'],
  },
  {
    name: 'Himalaya Book Depot',
    handle: 'himalaya.books',
    city: 'Dehradun',
    sells: ['School set', 'Library order', 'Invoice'],
  },
  {
    name: 'Malabar Spice Traders',
    handle: 'malabar.spice',
    city: 'Kozhikode',
    sells: ['Wholesale lot', 'Gift hamper', 'Invoice'],
  },
  {
    name: 'Tulsi Organic Farms',
    handle: 'tulsi.organic',
    city: 'Indore',
    sells: ['Weekly basket', 'Farm visit', 'Advance booking'],
  },
  {
    name: 'Nightingale Opticals',
    handle: 'nightingale.opticals',
    city: 'Kolkata',
    sells: ['Spectacles', 'Eye test', 'Repair charges'],
  },
  {
    name: 'Charminar Pearls',
    handle: 'charminar.pearls',
    city: 'Hyderabad',
    sells: ['Necklace advance', 'Restringing', 'Invoice'],
  },
  {
    name: 'Sabarmati Cycle Mart',
    handle: 'sabarmati.cycles',
    city: 'Ahmedabad',
    sells: ['Service', 'Cycle booking', 'Spare parts'],
  },
  {
    name: 'Konkan Fresh Catch',
    handle: 'konkan.catch',
    city: 'Ratnagiri',
    sells: ['Morning order', 'Restaurant supply', 'Home delivery'],
  },
  {
    name: 'Lakshmi Silk Palace',
    handle: 'lakshmi.silks',
    city: 'Kanchipuram',
    sells: ['Saree advance', 'Bridal set', 'Invoice'],
  },
  {
    name: 'Pink City Hardware',
    handle: 'pinkcity.hardware',
    city: 'Jaipur',
    sells: ['Paint order', 'Site delivery', 'Invoice'],
  },
];

export const CUSTOMERS: readonly string[] = [
  'Aarav Kulkarni',
  'Diya Menon',
  'Kabir Sethi',
  'Ishita Banerjee',
  'Rohan Deshpande',
  'Meera Raghavan',
  'Farhan Qureshi',
  'Ananya Pillai',
  'Vikram Choudhary',
  'Sneha Patil',
  'Gurpreet Sandhu',
  'Lalitha Narayanan',
  'Joseph Kurian',
  'Zoya Merchant',
];

export const AMOUNTS: readonly number[] = [
  49, 99, 120, 149.5, 250, 349, 480, 525.75, 699, 850, 999, 1249, 1500, 1875.5, 2499, 3200, 4750, 6999, 12500,
  18999.99, 25000, 48250,
];
